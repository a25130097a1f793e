/*
 * Condition variables. Who waits is part of the threads (waits_on, signalled);
 * the program's pthread_cond_t bears a mark (mark.h).
 *
 * A wait is two operations: it gives the mutex back and queues, and, once it
 * has been signalled and the mutex is free, has the mutex back; or it stops
 * waiting for a signal, because time is up or for no reason at all. A signal
 * has a result for each thread that it may wake, in the order of their slots:
 * so its number means the same thread in equivalent executions.
 */
#ifndef EXPLORER_RUNTIME_CONDITION_H
#define EXPLORER_RUNTIME_CONDITION_H

#include <pthread.h>

#include "runtime/deadline.h"
#include "runtime/runtime.h"

/* As the pthread functions; `place` is where the program calls them. */
ON_FIBER int condition_init(struct runtime *runtime, pthread_cond_t *condition,
			    uintptr_t place);
ON_FIBER int condition_destroy(struct runtime *runtime,
			       pthread_cond_t *condition, uintptr_t place);
ON_FIBER int condition_wait(struct runtime *runtime, pthread_cond_t *condition,
			    pthread_mutex_t *mutex, uintptr_t place);
ON_FIBER int condition_wait_until(struct runtime *runtime,
				  pthread_cond_t *condition,
				  pthread_mutex_t *mutex,
				  const struct deadline *deadline,
				  uintptr_t place);
ON_FIBER int condition_signal(struct runtime *runtime,
			      pthread_cond_t *condition, uintptr_t place);
ON_FIBER int condition_broadcast(struct runtime *runtime,
				 pthread_cond_t *condition, uintptr_t place);

/* The address of the condition variable, or of the word for futexes, that an
 * operation is on. */
static inline uintptr_t condition_of(const struct operation *operation)
{
	return op_object(operation->op) != OP_OBJECT_MUTEX ? operation->address
							   : operation->source;
}

/* How many threads wait for the condition variable at `address` and have not
 * been signalled. */
uint32_t condition_waiters(const struct runtime_state *state,
			   uintptr_t address);
/* The n-th of those, in the order of slots; NULL if there are fewer. */
struct thread *condition_waiter(struct runtime_state *state, uintptr_t address,
				uint32_t n);

#endif
