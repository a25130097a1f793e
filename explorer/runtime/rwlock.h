/*
 * Read-write locks. Their state lies in the program's own pthread_rwlock_t, in
 * fields that glibc has for the same or has no other use for: __readers is how
 * many read, __cur_writer the number of the thread that writes plus 1,
 * __writers how many queue to write where those are preferred, __flags the
 * kind, __pad3 whether readers do not commute any more, and __pad2 a mark
 * (mark.h). All zero is a free one.
 *
 * Who reads is in the table of held locks (held.h).
 *
 * Readers commute (enum commuting) unless writers are preferred, who may then
 * come between them. An operation's `source` says whether they do: whether one
 * who tries to read does is seen once that has succeeded.
 */
#ifndef EXPLORER_RUNTIME_RWLOCK_H
#define EXPLORER_RUNTIME_RWLOCK_H

#include <pthread.h>

#include "runtime/deadline.h"

/* As the pthread functions; `place` is where the program calls them. */
ON_FIBER int rwlock_init(struct runtime *runtime, pthread_rwlock_t *lock,
			 const pthread_rwlockattr_t *attributes,
			 uintptr_t place);
ON_FIBER int rwlock_destroy(struct runtime *runtime, pthread_rwlock_t *lock,
			    uintptr_t place);
ON_FIBER int rwlock_rdlock(struct runtime *runtime, pthread_rwlock_t *lock,
			   uintptr_t place);
ON_FIBER int rwlock_tryrdlock(struct runtime *runtime, pthread_rwlock_t *lock,
			      uintptr_t place);
ON_FIBER int rwlock_wrlock(struct runtime *runtime, pthread_rwlock_t *lock,
			   uintptr_t place);
ON_FIBER int rwlock_trywrlock(struct runtime *runtime, pthread_rwlock_t *lock,
			      uintptr_t place);
ON_FIBER int rwlock_rdlock_until(struct runtime *runtime,
				 pthread_rwlock_t *lock,
				 const struct deadline *deadline,
				 uintptr_t place);
ON_FIBER int rwlock_wrlock_until(struct runtime *runtime,
				 pthread_rwlock_t *lock,
				 const struct deadline *deadline,
				 uintptr_t place);
ON_FIBER int rwlock_unlock(struct runtime *runtime, pthread_rwlock_t *lock,
			   uintptr_t place);

/* Whether the thread, whose pending operation is to lock, could. */
bool rwlock_is_available(const struct thread *thread);
/* To whom the lock at `address` is: set of enum availability. */
unsigned rwlock_availability(uintptr_t address);
/* How many read. */
uint32_t rwlock_readers(uintptr_t address);
/* The number of the thread that writes; THREADS_MAX if none does. */
uint32_t rwlock_writer(uintptr_t address);

#endif
