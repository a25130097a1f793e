/*
 * Whether accesses to the stacks of other threads find what they are meant for:
 * a local variable is gone once its function has returned.
 *
 * As with the heap (heap_check.h), nothing is prevented, and whoever listens is
 * told: of an access that is private by the hook that announces it, of one that
 * is a step by the engine. Where the owner's stack ends is known while that
 * waits, as it does whenever others run. What lies above may be some other
 * function's by now: such an access is none of these, nor is one of a thread to
 * its own stack.
 */
#ifndef EXPLORER_RUNTIME_FRAME_CHECK_H
#define EXPLORER_RUNTIME_FRAME_CHECK_H

#include "runtime/runtime.h"

/* An access to what was part of a frame, or is so no more if the return that
 * is pending comes first. */
struct frame_error {
	const struct thread *thread;
	const struct operation *operation;
	uintptr_t address;
	const struct thread *owner; /* of the stack; may have ended */
	uintptr_t returned_at;	    /* its return's place; 0: not known */
};

/* Whether the address lies in the stack of another thread. */
static inline bool frame_check_concerns(const struct thread *thread,
					uintptr_t address)
{
	uint64_t slot = stacks_slot(address);

	return slot < LAYOUT_SLOTS && slot != thread->slot;
}

/* The thread whose stack the address, which lies in one, is part of; NULL if
 * there is none yet. */
const struct thread *frame_check_owner(const struct runtime *runtime,
				       uintptr_t address);

/* Whether no function that `owner` is in has its frame there. */
bool frame_check_is_over(const struct runtime *runtime,
			 const struct thread *owner, uintptr_t address);

/* The slow part of frame_check_private(). Returns whether it was told. */
bool frame_check_tell(struct runtime *runtime,
		      const struct operation *operation, uintptr_t address);

/* A private access of the running thread. Returns whether there is anything
 * wrong with it. */
static inline bool frame_check_private(struct runtime *runtime,
				       const struct operation *operation)
{
	return frame_check_concerns(runtime->current, operation->address) &&
	       frame_check_tell(runtime, operation, operation->address);
}

#endif
