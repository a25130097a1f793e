/*
 * Condition variables.
 */
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
