/*
 * POSIX threads and mutexes. What is not here and not pure is in
 * unsupported.def.
 */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>

#include "hook/hook.h"
#include "runtime/announce.h"
#include "runtime/join.h"
#include "runtime/mutex.h"
#include "runtime/thread.h"

/* Before main starts there is no green thread that could create one. */
static void refuse_early_threads(void)
{
	static const char message[] =
		"explorer: a thread is started before main, by a constructor; "
		"that cannot be explored\n";

	if (hook_mode() != MODE_SEARCH)
		return;
	hook_say(message);
	hook_leave();
}

EXPORT int pthread_create(pthread_t *ret_thread,
			  const pthread_attr_t *attributes,
			  void *(*start)(void *), void *argument)
{
	if (hook_runtime)
		return thread_create(
			hook_runtime, ret_thread,
			&(struct thread_plan){.attributes = attributes,
					      .start = start,
					      .argument = argument},
			PROGRAM_PLACE);
	refuse_early_threads();
	return REAL(pthread_create)(ret_thread, attributes, start, argument);
}

EXPORT int pthread_join(pthread_t thread, void **ret_value)
{
	if (hook_runtime)
		return join_wait(hook_runtime, thread, ret_value,
				 PROGRAM_PLACE);
	return REAL(pthread_join)(thread, ret_value);
}

EXPORT int pthread_tryjoin_np(pthread_t thread, void **ret_value)
{
	if (hook_runtime)
		return join_try(hook_runtime, thread, ret_value, PLACE);
	return REAL(pthread_tryjoin_np)(thread, ret_value);
}

EXPORT int pthread_timedjoin_np(pthread_t thread, void **ret_value,
				const struct timespec *time)
{
	struct deadline deadline = DEADLINE_NEVER;

	if (!hook_runtime)
		return REAL(pthread_timedjoin_np)(thread, ret_value, time);
	if (time)
		deadline = deadline_of(hook_runtime, time, PLACE);
	return join_until(hook_runtime, thread, ret_value, &deadline, PLACE);
}

EXPORT int pthread_clockjoin_np(pthread_t thread, void **ret_value,
				clockid_t clock, const struct timespec *time)
{
	struct deadline deadline = DEADLINE_NEVER;

	if (!hook_runtime)
		return REAL(pthread_clockjoin_np)(thread, ret_value, clock,
						  time);
	if (!deadline_may_be_by(clock))
		return EINVAL;
	if (time)
		deadline = deadline_of(hook_runtime, time, PLACE);
	return join_until(hook_runtime, thread, ret_value, &deadline, PLACE);
}

EXPORT int pthread_detach(pthread_t thread)
{
	if (hook_runtime)
		return join_detach(hook_runtime, thread, PROGRAM_PLACE);
	return REAL(pthread_detach)(thread);
}

EXPORT pthread_t pthread_self(void)
{
	if (hook_runtime)
		return thread_self(hook_runtime);
	return REAL(pthread_self)();
}

EXPORT int sched_yield(void)
{
	if (!hook_runtime)
		return REAL(sched_yield)();
	thread_yield(hook_runtime);
	return 0;
}

/* --- Mutexes */

EXPORT int pthread_mutex_init(pthread_mutex_t *mutex,
			      const pthread_mutexattr_t *attributes)
{
	if (hook_runtime)
		return mutex_init(hook_runtime, mutex, attributes, PLACE);
	return REAL(pthread_mutex_init)(mutex, attributes);
}

EXPORT int pthread_mutex_timedlock(pthread_mutex_t *mutex,
				   const struct timespec *time)
{
	struct deadline deadline;

	if (!hook_runtime)
		return REAL(pthread_mutex_timedlock)(mutex, time);
	deadline = deadline_of(hook_runtime, time, PLACE);
	return mutex_lock_until(hook_runtime, mutex, &deadline, PLACE);
}

EXPORT int pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
				   const struct timespec *time)
{
	struct deadline deadline;

	if (!hook_runtime)
		return REAL(pthread_mutex_clocklock)(mutex, clock, time);
	if (!deadline_may_be_by(clock))
		return EINVAL;
	deadline = deadline_of(hook_runtime, time, PLACE);
	return mutex_lock_until(hook_runtime, mutex, &deadline, PLACE);
}

#define MUTEX_HOOK(name, performed)                                            \
	EXPORT int pthread_mutex_##name(pthread_mutex_t *mutex)                \
	{                                                                      \
		if (hook_runtime)                                              \
			return performed(hook_runtime, mutex, PLACE);          \
		return REAL(pthread_mutex_##name)(mutex);                      \
	}

MUTEX_HOOK(destroy, mutex_destroy)
MUTEX_HOOK(lock, mutex_lock)
MUTEX_HOOK(trylock, mutex_trylock)
MUTEX_HOOK(unlock, mutex_unlock)
MUTEX_HOOK(consistent, mutex_consistent)

EXPORT int pthread_mutex_getprioceiling(const pthread_mutex_t *restrict mutex,
					int *restrict ret_ceiling)
{
	if (hook_runtime)
		return mutex_getprioceiling(mutex, ret_ceiling);
	return REAL(pthread_mutex_getprioceiling)(mutex, ret_ceiling);
}

EXPORT int pthread_mutex_setprioceiling(pthread_mutex_t *restrict mutex,
					int ceiling, int *restrict ret_old)
{
	if (hook_runtime)
		return mutex_setprioceiling(hook_runtime, mutex, ceiling,
					    ret_old, PLACE);
	return REAL(pthread_mutex_setprioceiling)(mutex, ceiling, ret_old);
}
