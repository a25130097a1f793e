/*
 * Mutexes. Their state lies in the program's own pthread_mutex_t, which is
 * part of the world already: __lock says whether it is held, and whether an
 * owner ended with it; __owner is the number of the thread that holds it plus
 * 1, __count how often a recursive one is held, __kind what the program made it
 * (glibc's numbers), and where glibc has a list there is a mark (mark.h). All
 * zero is a free normal mutex, as the static initialiser says.
 *
 * A thread that ends with a robust mutex abandons it: an operation like others,
 * after which the next who locks it is told so.
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

/* Says that the running thread has just unlocked what it does not hold, which
 * is a mistake though the mutex answers it, as C11's do. */
ON_FIBER void mutex_see_foreign_unlock(struct runtime *runtime,
				       const pthread_mutex_t *mutex);

/* Whether unlocking what one does not hold is an error that is answered, and
 * not undefined. */
bool mutex_checks_owner(const pthread_mutex_t *mutex);

/* What locking and unlocking do, and return, once it is the running thread's
 * turn; the mutex is available to who acquires it. */
ON_FIBER int mutex_acquire(struct runtime *runtime, pthread_mutex_t *mutex);
ON_FIBER int mutex_release(struct runtime *runtime, pthread_mutex_t *mutex);

ON_FIBER int mutex_consistent(struct runtime *runtime, pthread_mutex_t *mutex,
			      uintptr_t place);
/* The running thread ends, and holds it. False if it is not robust. */
ON_FIBER bool mutex_abandon(struct runtime *runtime, pthread_mutex_t *mutex,
			    uintptr_t place);
ON_FIBER int mutex_getprioceiling(const pthread_mutex_t *mutex, int *ret_value);
ON_FIBER int mutex_setprioceiling(struct runtime *runtime,
				  pthread_mutex_t *mutex, int value,
				  int *ret_old, uintptr_t place);

#endif
