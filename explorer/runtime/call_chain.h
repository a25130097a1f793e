/*
 * Who called whom, on a green thread's stack: its frame pointers followed.
 *
 * Exact where the program keeps frame pointers, as without optimisation; else
 * the chain ends early. Libraries that were built otherwise keep none: of their
 * functions the stack is searched for what looks like a return address.
 */
#ifndef EXPLORER_RUNTIME_CALL_CHAIN_H
#define EXPLORER_RUNTIME_CALL_CHAIN_H

#include "runtime/runtime.h"

#define CALL_CHAIN_MAX 24U

/* A function's frame. */
struct call_frame {
	uintptr_t place; /* in it, of the call made; as operation.place */
	uintptr_t top;	 /* of the frame: the stack pointer before its call */
};

/* The calls that led to where the thread is, the innermost first, without our
 * own functions. Returns how many there are, at most CALL_CHAIN_MAX. */
unsigned call_chain(const struct runtime *runtime, const struct thread *thread,
		    struct call_frame *ret_frames);

/* Whether that is the top of the frame of the function that has called a hook
 * with this frame, on the running thread's stack: not if that keeps no frame
 * pointer. */
bool call_chain_is_top(const struct runtime *runtime, void *const *frame,
		       uintptr_t top);

/* Where the thread's stack ended when it left the program for code of ours:
 * nothing below is of any function that goes on. The stack's top if none does;
 * 0 if that is not known. */
uintptr_t call_chain_live_low(const struct runtime *runtime,
			      const struct thread *thread);

/* Where the running thread, interrupted at `place` with that frame pointer, was
 * in the program: there, or where the program called code of ours. */
uintptr_t call_chain_interrupted(const struct runtime *runtime, uintptr_t place,
				 uintptr_t frame_pointer);

/* Where the running thread, in a hook that was called from `place`, has left
 * the program: there, or where the program called the library that it lies in.
 */
uintptr_t call_chain_place(const struct runtime *runtime, uintptr_t place);

#endif
