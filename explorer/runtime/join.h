/*
 * Waiting for the end of threads, and asking whether it has come.
 *
 * Joining is silent: the end of a thread and the join that waits for it can
 * come in no other order. Who merely looks whether a thread has ended can look
 * too early: then looking and ending are steps, as soon as that is known
 * (thing.h).
 */
#ifndef EXPLORER_RUNTIME_JOIN_H
#define EXPLORER_RUNTIME_JOIN_H

#include <pthread.h>

#include "runtime/deadline.h"

/* As the pthread functions; `place` is where the program calls them. */
ON_FIBER int join_wait(struct runtime *runtime, pthread_t target,
		       void **ret_value, uintptr_t place);
ON_FIBER int join_try(struct runtime *runtime, pthread_t target,
		      void **ret_value, uintptr_t place);
ON_FIBER int join_until(struct runtime *runtime, pthread_t target,
			void **ret_value, const struct deadline *deadline,
			uintptr_t place);
ON_FIBER int join_detach(struct runtime *runtime, pthread_t handle,
			 uintptr_t place);

/* pthread_kill(target, 0): 0, or ESRCH if there is no such thread. */
ON_FIBER int join_is_there(struct runtime *runtime, pthread_t target,
			   uintptr_t place);

/* Whether the thread has not ended yet. */
ON_FIBER bool join_is_going_on(struct runtime *runtime,
			       const struct thread *target, uintptr_t place);

/* What `thread` does from now on comes after all that `ended` did. */
void join_learn(struct runtime *runtime, struct thread *thread,
		struct thread *ended);

/* Whether the thread waits for the end of thread `joining`. */
static inline bool join_is_waiting(const struct thread *thread)
{
	return thread->state == THREAD_JOINING ||
	       (thread->state == THREAD_PENDING &&
		thread->pending.op == OP_JOIN_WAIT);
}

#endif
