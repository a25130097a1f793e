/*
 * Cancellation of threads.
 *
 * Somebody asks for it, which is an operation; the thread acts upon it at a
 * cancellation point, and before each visible operation and each store if it
 * may be cancelled at any time: reads in between are no matter, as nobody is
 * left to know what was read. To ask and to look conflict: whether somebody
 * asks is a thing that is learned (thing.h), since most threads are never
 * cancelled.
 *
 * A point looks first. If it then waits, to be cancelled is one more result of
 * the wait (alternative.h), possible as long as somebody has asked for it,
 * whether or not there is what the thread waits for: who has been woken may
 * still be cancelled before it runs. Who waits for a condition variable and has
 * been signalled may be so only while nobody else waits for it, who would have
 * to have the signal.
 *
 * To act is to leave the thread as by pthread_exit(): its cleanup handlers run,
 * then the destructors of its thread-specific data.
 */
#ifndef EXPLORER_RUNTIME_CANCEL_H
#define EXPLORER_RUNTIME_CANCEL_H

#include <pthread.h>

#include "runtime/runtime.h"
#include "world/stacks.h"

/* As the pthread functions; `place` is where the program calls them. */
ON_FIBER int cancel_request(struct runtime *runtime, pthread_t handle,
			    uintptr_t place);
ON_FIBER int cancel_set_state(struct runtime *runtime, int state, int *ret_old,
			      uintptr_t place);
ON_FIBER int cancel_set_type(struct runtime *runtime, int type, int *ret_old,
			     uintptr_t place);
ON_FIBER _Noreturn void cancel_exit(struct runtime *runtime, void *value);

/* A cancellation point. Returns what cancel_watch() does. */
ON_FIBER uintptr_t cancel_point(struct runtime *runtime, uintptr_t place);

/* The running thread is about to wait. If it may be cancelled on the way,
 * returns the address by which operations say so (their `bytes`); else 0. */
ON_FIBER uintptr_t cancel_watch(struct runtime *runtime, uintptr_t place);

/* It has been cancelled where it waited. */
ON_FIBER _Noreturn void cancel_act(struct runtime *runtime);

/* Whether the thread is to act upon a request. */
bool cancel_is_due(const struct thread *thread);

/* The running thread, which may be cancelled at any time, is about to announce
 * its `pending`. */
ON_FIBER void cancel_any_time(struct runtime *runtime);

/* Whether the running thread may be cancelled before it writes privately to the
 * address, and that makes a difference: to its own stack, which nobody looks at
 * any more, only for its cleanup handlers. */
static inline bool cancel_may_precede(const struct runtime *runtime,
				      uintptr_t address)
{
	const struct thread *thread = runtime->current;

	return thread->section == SECTION_ASYNCHRONOUS &&
	       (stacks_slot(address) != thread->slot || thread->cleanup);
}

/* If so, that is a step, where others cancel it. */
ON_FIBER void cancel_between(struct runtime *runtime, uintptr_t place);

#endif
