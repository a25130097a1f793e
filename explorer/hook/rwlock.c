/*
 * Read-write locks.
 */
#include <pthread.h>

#include "hook/hook.h"
#include "runtime/rwlock.h"

EXPORT int pthread_rwlock_init(pthread_rwlock_t *restrict lock,
			       const pthread_rwlockattr_t *restrict attributes)
{
	if (hook_runtime)
		return rwlock_init(hook_runtime, lock, attributes, PLACE);
	return REAL(pthread_rwlock_init)(lock, attributes);
}

#define RWLOCK_HOOK(name)                                                      \
	EXPORT int pthread_rwlock_##name(pthread_rwlock_t *lock)               \
	{                                                                      \
		if (hook_runtime)                                              \
			return rwlock_##name(hook_runtime, lock, PLACE);       \
		return REAL(pthread_rwlock_##name)(lock);                      \
	}

RWLOCK_HOOK(destroy)
RWLOCK_HOOK(rdlock)
RWLOCK_HOOK(tryrdlock)
RWLOCK_HOOK(wrlock)
RWLOCK_HOOK(trywrlock)
RWLOCK_HOOK(unlock)
