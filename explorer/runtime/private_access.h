/*
 * What a private access leaves behind: the next execution may find that two
 * threads shared the memory (touch.h), and it can be told whether a thread that
 * seems to spin has changed anything (struct spin_written).
 */
#ifndef EXPLORER_RUNTIME_PRIVATE_ACCESS_H
#define EXPLORER_RUNTIME_PRIVATE_ACCESS_H

#include "runtime/dead_stack.h"

/* The running thread has accessed [address, address + bytes), of which all or a
 * part is private. */
void private_access_note(struct runtime *runtime, uintptr_t address,
			 size_t bytes, bool write);

/* The same of a thread that is about to run. */
void private_access_note_of(struct runtime *runtime,
			    const struct thread *thread, uintptr_t address,
			    size_t bytes, bool write);

/* The same, from where the thread's stack must not show what was noted before.
 */
void private_access_note_far(struct runtime *runtime, uintptr_t address,
			     size_t bytes, bool write);

/* Tells of what is wrong with an access that is private: of the block that it
 * is to (heap_check.h), or the frame (frame_check.h). Returns whether the frame
 * is as it should be: the access may then be taken for known. */
bool private_access_check(struct runtime *runtime,
			  const struct operation *operation);

/* A thread that is watched lest it spins writes privately. What it writes to
 * its own stack is seen there. */
void private_access_written(struct runtime *runtime, uintptr_t address,
			    size_t bytes);

#endif
