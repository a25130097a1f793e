/*
 * The end of a function's frame, as others see it: a return is to the locals
 * what free() is to a block.
 *
 * Hardly any return matters to another thread. One does if others have accessed
 * memory of the frame, in whatever execution (lent.h): that is noted as a touch
 * (touch.h), a write of all that is lent. Where creates and joins do not order
 * it with the others' accesses, those bytes become visible, and the return an
 * operation, OP_RETURN: a step, in conflict with each access to them. Then the
 * accesses come before it in some executions, and after it in others.
 *
 *     start()                            worker()
 *     int local; publish(&local);
 *     return                             (*pointer)++
 *
 * It is announced in the hook that the compiler calls as a function's last
 * thing, with the frame still there. A thread that ends without returning from
 * its functions (pthread_exit) ends all of their frames. What longjmp() leaves
 * is seen by nobody.
 */
#ifndef EXPLORER_RUNTIME_FRAME_END_H
#define EXPLORER_RUNTIME_FRAME_END_H

#include "runtime/runtime.h"

/* The running thread is about to return from the function that has called a
 * hook with this frame; the last thing that the hook does. Where frame pointers
 * are not kept, nothing. */
ON_FIBER void frame_end_return(struct runtime *runtime, void *const *frame);

/* Whether that may matter to anybody. */
static inline bool frame_end_matters(const struct runtime *runtime,
				     void *const *frame)
{
	return (uintptr_t)frame < runtime->lent.high;
}

/* The slow part of frame_end_thread(). */
ON_FIBER void frame_end_left(struct runtime *runtime, uintptr_t low);

/* The running thread ends: with it all frames that it has left above `low`. */
ON_FIBER static inline void frame_end_thread(struct runtime *runtime,
					     uintptr_t low)
{
	if (low < runtime->lent.high)
		frame_end_left(runtime, low);
}

#endif
