/*
 * What is done to the heap's blocks and must not be: accesses to freed blocks
 * and beyond their ends, freeing what is not to be freed, and reading what
 * nobody has written.
 *
 * Whether an access is allowed is asked when it is performed: one that is
 * private in the hook that announces it (memory.h), one that is a step when the
 * engine makes the step. Nothing is prevented, and whoever listens is told.
 */
#ifndef EXPLORER_RUNTIME_HEAP_CHECK_H
#define EXPLORER_RUNTIME_HEAP_CHECK_H

#include "runtime/runtime.h"
#include "world/unwritten.h"

enum heap_error_kind {
	HEAP_ERROR_FREED,  /* an access to a block that was freed */
	HEAP_ERROR_BEYOND, /* or to what is no block */
	HEAP_ERROR_FREED_TWICE,
	HEAP_ERROR_FREED_NO_BLOCK,
	HEAP_ERROR_UNWRITTEN, /* a read of what nobody has written */
};

/* One of these accesses. */
struct heap_error {
	enum heap_error_kind kind;
	const struct thread *thread;
	struct operation operation; /* address: where it went wrong */
	struct heap_sight sight;
};

/* An operation that accesses [address, address + bytes), which
 * heap_allows() says must not be. */
void heap_check_tell(struct runtime *runtime, const struct thread *thread,
		     const struct operation *operation, uintptr_t address,
		     size_t bytes);

/* `address` is about to be given to free() or realloc(), and is no block, or
 * has been freed. */
void heap_check_tell_free(struct runtime *runtime, uintptr_t address,
			  uintptr_t place);

static inline bool heap_check_passes(struct runtime *runtime, uintptr_t address,
				     size_t bytes)
{
	return !heap_checks(&runtime->world.heap, address) ||
	       heap_allows(&runtime->world.heap, address, bytes);
}

/* The running thread performs an access that is no copy; called only if
 * heap.notes_unwritten. The operation's detail may be HEAP_READ_BY_LIBC. */
#define HEAP_READ_BY_LIBC (-1)
ON_FIBER void heap_check_contents(struct runtime *runtime,
				  const struct operation *operation);

/* A private access of the running thread. */
static inline void heap_check_private(struct runtime *runtime,
				      const struct operation *operation)
{
	if (!heap_check_passes(runtime, operation->address, operation->bytes))
		heap_check_tell(runtime, runtime->current, operation,
				operation->address, operation->bytes);
}

/* It is performed now: what it reads or writes of the heap is looked at. */
ON_FIBER static inline void
heap_check_performed(struct runtime *runtime, const struct operation *operation)
{
	if (__builtin_expect(runtime->world.heap.notes_unwritten, 0))
		heap_check_contents(runtime, operation);
}

#endif
