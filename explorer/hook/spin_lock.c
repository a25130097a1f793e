/*
 * Spin locks.
 */
#include <pthread.h>

#include "hook/hook.h"
#include "runtime/spin_lock.h"

EXPORT int pthread_spin_init(pthread_spinlock_t *lock, int shared)
{
	if (hook_runtime)
		return spin_lock_init(hook_runtime, lock, PLACE);
	return REAL(pthread_spin_init)(lock, shared);
}

#define SPIN_LOCK_HOOK(name)                                                   \
	EXPORT int pthread_spin_##name(pthread_spinlock_t *lock)               \
	{                                                                      \
		if (hook_runtime)                                              \
			return spin_lock_##name(hook_runtime, lock, PLACE);    \
		return REAL(pthread_spin_##name)(lock);                        \
	}

SPIN_LOCK_HOOK(destroy)
SPIN_LOCK_HOOK(lock)
SPIN_LOCK_HOOK(trylock)
SPIN_LOCK_HOOK(unlock)
