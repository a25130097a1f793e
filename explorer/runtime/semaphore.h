/*
 * Semaphores. The value is the first word of the program's sem_t.
 */
#ifndef EXPLORER_RUNTIME_SEMAPHORE_H
#define EXPLORER_RUNTIME_SEMAPHORE_H

#include <semaphore.h>

#include "runtime/deadline.h"
#include "runtime/runtime.h"

/* As the functions of <semaphore.h>, errno included. */
ON_FIBER int semaphore_init(struct runtime *runtime, sem_t *semaphore,
			    int shared, unsigned value, uintptr_t place);
ON_FIBER int semaphore_destroy(struct runtime *runtime, sem_t *semaphore,
			       uintptr_t place);
ON_FIBER int semaphore_wait(struct runtime *runtime, sem_t *semaphore,
			    uintptr_t place);
ON_FIBER int semaphore_wait_until(struct runtime *runtime, sem_t *semaphore,
				  const struct deadline *deadline,
				  uintptr_t place);
ON_FIBER int semaphore_trywait(struct runtime *runtime, sem_t *semaphore,
			       uintptr_t place);
ON_FIBER int semaphore_post(struct runtime *runtime, sem_t *semaphore,
			    uintptr_t place);
ON_FIBER int semaphore_getvalue(struct runtime *runtime, sem_t *semaphore,
				int *ret_value, uintptr_t place);

/* What opening and closing named ones does with their sem_t: makes it one with
 * that value; says that it is of no use any more, or that it is again. */
void semaphore_set(const struct runtime *runtime, sem_t *semaphore,
		   unsigned value);
ON_FIBER void semaphore_retire(struct runtime *runtime, sem_t *semaphore);
void semaphore_revive(const struct runtime *runtime, sem_t *semaphore);

/* Whether the semaphore at `address` can be waited for without blocking. */
bool semaphore_is_positive(uintptr_t address);

#endif
