/*
 * Mutexes. Their state lies in the program's own pthread_mutex_t, which is
 * part of the world already: __lock is 1 while it is held, __owner the number
 * of the thread that holds it plus 1, __count how often a recursive one is
 * held, and __kind what the program made it. All zero is a free normal mutex,
 * as the static initialiser says.
 */
#ifndef EXPLORER_RUNTIME_MUTEX_H
#define EXPLORER_RUNTIME_MUTEX_H

#include <pthread.h>

#include "runtime/deadline.h"
#include "runtime/runtime.h"

/* As the pthread functions; `place` is where the program calls them. */
ON_FIBER int mutex_init(struct runtime *runtime, pthread_mutex_t *mutex,
			const pthread_mutexattr_t *attributes, uintptr_t place);
ON_FIBER int mutex_destroy(struct runtime *runtime, pthread_mutex_t *mutex,
			   uintptr_t place);
ON_FIBER int mutex_lock(struct runtime *runtime, pthread_mutex_t *mutex,
			uintptr_t place);
ON_FIBER int mutex_lock_until(struct runtime *runtime, pthread_mutex_t *mutex,
			      const struct deadline *deadline, uintptr_t place);
ON_FIBER int mutex_trylock(struct runtime *runtime, pthread_mutex_t *mutex,
			   uintptr_t place);
ON_FIBER int mutex_unlock(struct runtime *runtime, pthread_mutex_t *mutex,
			  uintptr_t place);

/* What locking and unlocking do, and return, once it is the thread's turn; the
 * mutex is available to who acquires it. */
int mutex_acquire(pthread_mutex_t *mutex, const struct thread *thread);
int mutex_release(pthread_mutex_t *mutex, const struct thread *thread);

/* Whether the thread, whose pending operation is to lock, could. */
bool mutex_is_available(const struct thread *thread);
/* The number of the owner of the mutex at `address`; THREADS_MAX if none. */
uint32_t mutex_owner(uintptr_t address);

#endif
