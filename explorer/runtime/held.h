/*
 * Who holds which locks, in which order each thread took them, and where.
 *
 * What a lock is itself says at most who owns it. This says the rest: who reads
 * under a read-write lock, what a thread holds when it ends, in which order
 * locks are taken. It is part of the state of an execution, and is put back
 * with it.
 */
#ifndef EXPLORER_RUNTIME_HELD_H
#define EXPLORER_RUNTIME_HELD_H

#include "runtime/runtime.h"

/* The thread's operation took the lock at `address`. */
ON_FIBER void held_add(struct runtime *runtime, const struct thread *thread,
		       const struct operation *operation);

/* The thread gave back what it took last of this lock. False if it holds
 * none. */
ON_FIBER bool held_remove(struct runtime *runtime, uint32_t thread,
			  uintptr_t address);

/* Nobody holds the lock any more: it was initialised or destroyed. */
ON_FIBER void held_forget(struct runtime *runtime, uintptr_t address);

/* The first entry at or after *index for the thread, or for any if it is
 * THREADS_MAX, of the lock, or of any if it is 0; *index is then behind it.
 * NULL if there is none. */
const struct held *held_next(const struct runtime_state *state, uint32_t thread,
			     uintptr_t address, uint32_t *index);

#endif
