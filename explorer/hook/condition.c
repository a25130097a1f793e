/*
 * Condition variables.
 */
#include <errno.h>
#include <pthread.h>

#include "hook/hook.h"
#include "runtime/condition.h"

EXPORT int pthread_cond_init(pthread_cond_t *condition,
			     const pthread_condattr_t *attributes)
{
	if (hook_runtime)
		return condition_init(hook_runtime, condition, PLACE);
	return REAL(pthread_cond_init)(condition, attributes);
}

EXPORT int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
	if (hook_runtime)
		return condition_wait(hook_runtime, condition, mutex, PLACE);
	return REAL(pthread_cond_wait)(condition, mutex);
}

EXPORT int pthread_cond_timedwait(pthread_cond_t *condition,
				  pthread_mutex_t *mutex,
				  const struct timespec *time)
{
	struct deadline deadline;

	if (!hook_runtime)
		return REAL(pthread_cond_timedwait)(condition, mutex, time);
	deadline = deadline_of(hook_runtime, time, PLACE);
	return condition_wait_until(hook_runtime, condition, mutex, &deadline,
				    PLACE);
}

EXPORT int pthread_cond_clockwait(pthread_cond_t *condition,
				  pthread_mutex_t *mutex, clockid_t clock,
				  const struct timespec *time)
{
	struct deadline deadline;

	if (!hook_runtime)
		return REAL(pthread_cond_clockwait)(condition, mutex, clock,
						    time);
	if (!deadline_may_be_by(clock))
		return EINVAL;
	deadline = deadline_of(hook_runtime, time, PLACE);
	return condition_wait_until(hook_runtime, condition, mutex, &deadline,
				    PLACE);
}

#define CONDITION_HOOK(name)                                                   \
	EXPORT int pthread_cond_##name(pthread_cond_t *condition)              \
	{                                                                      \
		if (hook_runtime)                                              \
			return condition_##name(hook_runtime, condition,       \
						PLACE);                        \
		return REAL(pthread_cond_##name)(condition);                   \
	}

CONDITION_HOOK(destroy)
CONDITION_HOOK(signal)
CONDITION_HOOK(broadcast)
