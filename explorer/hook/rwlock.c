/*
 * Read-write locks.
 */
#include <errno.h>
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

#define RWLOCK_HOOK_UNTIL(kind)                                                \
	EXPORT int pthread_rwlock_timed##kind(                                 \
		pthread_rwlock_t *restrict lock,                               \
		const struct timespec *restrict time)                          \
	{                                                                      \
		struct deadline deadline;                                      \
                                                                               \
		if (!hook_runtime)                                             \
			return REAL(pthread_rwlock_timed##kind)(lock, time);   \
		deadline = deadline_of(hook_runtime, time, PLACE);             \
		return rwlock_##kind##_until(hook_runtime, lock, &deadline,    \
					     PLACE);                           \
	}                                                                      \
	EXPORT int pthread_rwlock_clock##kind(                                 \
		pthread_rwlock_t *restrict lock, clockid_t clock,              \
		const struct timespec *restrict time)                          \
	{                                                                      \
		struct deadline deadline;                                      \
                                                                               \
		if (!hook_runtime)                                             \
			return REAL(pthread_rwlock_clock##kind)(lock, clock,   \
								time);         \
		if (!deadline_may_be_by(clock))                                \
			return EINVAL;                                         \
		deadline = deadline_of(hook_runtime, time, PLACE);             \
		return rwlock_##kind##_until(hook_runtime, lock, &deadline,    \
					     PLACE);                           \
	}

RWLOCK_HOOK_UNTIL(rdlock)
RWLOCK_HOOK_UNTIL(wrlock)
