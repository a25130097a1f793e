/*
 * Spin locks. Who spins waits: it would do nothing else. The program's
 * pthread_spinlock_t is 0 before it is initialised, 1 while it is free, and
 * while it is held 2 plus the number of the thread that holds it.
 */
#ifndef EXPLORER_RUNTIME_SPIN_LOCK_H
#define EXPLORER_RUNTIME_SPIN_LOCK_H

#include <pthread.h>

#include "runtime/runtime.h"

/* As the pthread functions; `place` is where the program calls them. */
ON_FIBER int spin_lock_init(struct runtime *runtime, pthread_spinlock_t *lock,
			    uintptr_t place);
ON_FIBER int spin_lock_destroy(struct runtime *runtime,
			       pthread_spinlock_t *lock, uintptr_t place);
ON_FIBER int spin_lock_lock(struct runtime *runtime, pthread_spinlock_t *lock,
			    uintptr_t place);
ON_FIBER int spin_lock_trylock(struct runtime *runtime,
			       pthread_spinlock_t *lock, uintptr_t place);
ON_FIBER int spin_lock_unlock(struct runtime *runtime, pthread_spinlock_t *lock,
			      uintptr_t place);

/* The bits of the lock, an int, that say who owns it; all 0: nobody. */
#define SPIN_LOCK_OWNER 0x000007ffU

/* The number of the owner of the lock at `address`; THREADS_MAX if none. */
uint32_t spin_lock_owner(uintptr_t address);

#endif
