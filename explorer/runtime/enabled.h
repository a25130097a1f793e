/*
 * When a pending operation can be performed, with which results, and who stands
 * in its way.
 *
 * These are questions to a state: nothing here changes it. What a lock or a
 * semaphore says of itself is asked of mutex.h, semaphore.h and the like.
 */
#ifndef EXPLORER_RUNTIME_ENABLED_H
#define EXPLORER_RUNTIME_ENABLED_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/runtime_state.h"

struct runtime;

/* The rare cases of runtime_is_enabled(). */
bool runtime_may_perform(const struct operation *operation,
			 const struct thread *thread);

/* Whether the thread's pending operation can be performed now. */
static inline bool runtime_is_enabled(const struct thread *thread)
{
	if (thread->state != THREAD_PENDING)
		return false;
	return !op_may_block(thread->pending.op) ||
	       runtime_may_perform(&thread->pending, thread);
}

/* The rare cases of runtime_alternatives() and runtime_may_have(); see
 * alternative.h. */
uint32_t alternative_count(const struct thread *thread);
bool alternative_is_possible(const struct thread *thread, uint32_t alternative);

/* How many results it may have then. */
static inline uint32_t runtime_alternatives(const struct thread *thread)
{
	if (op_varies(thread->pending.op) ||
	    thread->pending.op == OP_MUTEX_TRYLOCK)
		return alternative_count(thread);
	return thread->pending.alternatives ? thread->pending.alternatives : 1;
}

/* Whether an enabled thread's operation may have that one of them. */
static inline bool runtime_may_have(const struct thread *thread,
				    uint32_t alternative)
{
	return !op_varies(thread->pending.op) ||
	       alternative_is_possible(thread, alternative);
}

/* To whom the object of an operation is available now: a set. Where nobody ever
 * has to wait for it, to all. */
enum availability {
	AVAILABLE_SHARED = 1,	 /* to those that share it with others */
	AVAILABLE_EXCLUSIVE = 2, /* to those that want it for themselves */
	AVAILABLE = AVAILABLE_SHARED | AVAILABLE_EXCLUSIVE,
};
unsigned runtime_availability(const struct operation *operation);

/* What an operation that may block needs of these. */
static inline unsigned runtime_needs(const struct operation *operation)
{
	return operation->op == OP_RWLOCK_RDLOCK ||
			       operation->op == OP_RWLOCK_TRYRDLOCK ||
			       operation->op == OP_RWLOCK_TIMEDRDLOCK ||
			       operation->op == OP_RWLOCK_RDCANCELLED ||
			       operation->op == OP_RWLOCK_RDTIMEOUT
		       ? AVAILABLE_SHARED
		       : AVAILABLE_EXCLUSIVE;
}

/* Whether the thread itself has the lock that its pending operation is on. */
bool runtime_has(const struct thread *thread);

/* The number of the thread that holds what `thread` waits for: a lock's owner,
 * the thread it joins; THREADS_MAX if nobody in particular. */
uint32_t runtime_holder(const struct runtime *runtime,
			const struct thread *thread);

/* All who hold it, one after the other, *index being 0 at first; THREADS_MAX
 * when there are no more. Many may read under a lock that one wants to write
 * under. */
uint32_t runtime_next_holder(const struct runtime *runtime,
			     const struct thread *thread, uint32_t *index);

#endif
