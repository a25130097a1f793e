/*
 * C11's mutexes and condition variables: in glibc they are POSIX's under other
 * names, and so are their objects.
 */
#include <errno.h>
#include <pthread.h>
#include <threads.h>

#include "hook/hook.h"
#include "runtime/condition.h"
#include "runtime/misuse.h"
#include "runtime/mutex.h"

static pthread_mutex_t *posix_mutex(mtx_t *mutex)
{
	return (pthread_mutex_t *)mutex;
}

static pthread_cond_t *posix_condition(cnd_t *condition)
{
	return (pthread_cond_t *)condition;
}

static int c11_result(int error)
{
	switch (error) {
	case 0:
		return thrd_success;
	case EBUSY:
		return thrd_busy;
	case ENOMEM:
		return thrd_nomem;
	case ETIMEDOUT:
		return thrd_timedout;
	default:
		return thrd_error;
	}
}

ON_FIBER static int init_mutex(mtx_t *mutex, int type, uintptr_t place)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	if (type & mtx_recursive)
		pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
	return c11_result(mutex_init(hook_runtime, posix_mutex(mutex),
				     &attributes, place));
}

EXPORT int mtx_init(mtx_t *mutex, int type)
{
	if (hook_runtime)
		return init_mutex(mutex, type, PLACE);
	return REAL(mtx_init)(mutex, type);
}

EXPORT void mtx_destroy(mtx_t *mutex)
{
	if (hook_runtime)
		mutex_destroy(hook_runtime, posix_mutex(mutex), PLACE);
	else
		REAL(mtx_destroy)(mutex);
}

#define MUTEX_HOOK(name)                                                       \
	EXPORT int mtx_##name(mtx_t *mutex)                                    \
	{                                                                      \
		if (hook_runtime)                                              \
			return c11_result(mutex_##name(                        \
				hook_runtime, posix_mutex(mutex), PLACE));     \
		return REAL(mtx_##name)(mutex);                                \
	}

MUTEX_HOOK(lock)
MUTEX_HOOK(trylock)

/* In C11 whoever unlocks is to hold it, of whatever sort it is. */
EXPORT int mtx_unlock(mtx_t *mutex)
{
	int error;

	if (!hook_runtime)
		return REAL(mtx_unlock)(mutex);
	error = mutex_unlock(hook_runtime, posix_mutex(mutex), PLACE);
	if (error == EPERM)
		mutex_see_foreign_unlock(hook_runtime, posix_mutex(mutex));
	return c11_result(error);
}

EXPORT int mtx_timedlock(mtx_t *restrict mutex,
			 const struct timespec *restrict time)
{
	struct deadline deadline;

	if (!hook_runtime)
		return REAL(mtx_timedlock)(mutex, time);
	deadline = deadline_of(hook_runtime, time, PLACE);
	return c11_result(mutex_lock_until(hook_runtime, posix_mutex(mutex),
					   &deadline, PLACE));
}

/* Nor may one wait with what one does not hold. */
ON_FIBER static int waited(int error)
{
	if (error == EPERM)
		misuse_see(hook_runtime, MISUSE_WAIT_NOT_HELD);
	return c11_result(error);
}

EXPORT int cnd_timedwait(cnd_t *restrict condition, mtx_t *restrict mutex,
			 const struct timespec *restrict time)
{
	struct deadline deadline;

	if (!hook_runtime)
		return REAL(cnd_timedwait)(condition, mutex, time);
	deadline = deadline_of(hook_runtime, time, PLACE);
	return waited(
		condition_wait_until(hook_runtime, posix_condition(condition),
				     posix_mutex(mutex), &deadline, PLACE));
}

EXPORT int cnd_wait(cnd_t *condition, mtx_t *mutex)
{
	if (hook_runtime)
		return waited(condition_wait(hook_runtime,
					     posix_condition(condition),
					     posix_mutex(mutex), PLACE));
	return REAL(cnd_wait)(condition, mutex);
}

EXPORT void cnd_destroy(cnd_t *condition)
{
	if (hook_runtime)
		condition_destroy(hook_runtime, posix_condition(condition),
				  PLACE);
	else
		REAL(cnd_destroy)(condition);
}

#define CONDITION_HOOK(name)                                                   \
	EXPORT int cnd_##name(cnd_t *condition)                                \
	{                                                                      \
		if (hook_runtime)                                              \
			return c11_result(condition_##name(                    \
				hook_runtime, posix_condition(condition),      \
				PLACE));                                       \
		return REAL(cnd_##name)(condition);                            \
	}

CONDITION_HOOK(init)
CONDITION_HOOK(signal)
CONDITION_HOOK(broadcast)
