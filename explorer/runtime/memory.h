/*
 * Accesses to memory: the path that every instrumented load and store takes.
 *
 * Most accesses are private, and most of those repeat what has been noted
 * before; for them memory_access() costs two look-ups and a count. That an
 * access to the heap stays within a block holds until something is freed or the
 * heap is rewound: such accesses are known by a key that changes then.
 */
#ifndef EXPLORER_RUNTIME_MEMORY_H
#define EXPLORER_RUNTIME_MEMORY_H

#include "runtime/dead_stack.h"
#include "runtime/heap_check.h"

/* The cases of memory_access() that are not private or not known yet. */
ON_FIBER void memory_access_visible(struct runtime *runtime, uintptr_t address,
				    size_t bytes, bool write, uintptr_t place);
ON_FIBER void memory_access_new(struct runtime *runtime, uintptr_t address,
				size_t bytes, bool write, uintptr_t place);

/* The thread is about to read or write `bytes` bytes at `address`, in one
 * instruction or a few. `place` is in the code. */
ON_FIBER static inline void memory_access(struct runtime *runtime,
					  uintptr_t address, size_t bytes,
					  bool write, uintptr_t place)
{
	const uint64_t *recent;
	uint64_t key;

	if (visible_maybe(&runtime->visible, address / 8)) {
		memory_access_visible(runtime, address, bytes, write, place);
		return;
	}
	key = touch_key(address, bytes, write, runtime->current->context);
	recent = runtime->touches.recent;
	if (heap_checks(&runtime->world.heap, address)) {
		key += runtime->world.heap.epoch;
		recent = runtime->touches.recent_in_heap;
	}
	if (__builtin_expect(recent[touch_slot(key)] != key ||
				     --runtime->private_left == 0,
			     0)) {
		memory_access_new(runtime, address, bytes, write, place);
		return;
	}
	DEAD_REGISTERS_CLEAR;
}

/* The case of memory_copy_begins() that is a struct copy. */
ON_FIBER bool memory_copy_note(struct runtime *runtime,
			       const struct copy_call *call);

/* The second half of a struct copy. */
ON_FIBER void memory_copy_ends(struct runtime *runtime, uintptr_t from,
			       uintptr_t place);

/* A write hook was called, for memory that may be visible. If it is the first
 * half of a struct copy to visible memory, true: nothing is announced until the
 * read hook that comes next, which announces both halves. */
ON_FIBER static inline bool memory_copy_begins(struct runtime *runtime,
					       const struct copy_call *call)
{
	return copy_sites_begins(&runtime->copy_sites, call) &&
	       memory_copy_note(runtime, call);
}

/* A range that is read, written, or (memory_copy) read and written elsewhere,
 * by one call such as memset or memcpy: one operation. */
ON_FIBER void memory_range(struct runtime *runtime, uintptr_t address,
			   size_t bytes, bool write, uintptr_t place);
/* A range that libc reads on the program's behalf, every byte of it. */
ON_FIBER void memory_read_by_libc(struct runtime *runtime, uintptr_t address,
				  size_t bytes, uintptr_t place);
ON_FIBER void memory_copy(struct runtime *runtime, uintptr_t to, uintptr_t from,
			  size_t bytes, uintptr_t place);

/* The block at [address, address + bytes) is about to be freed. */
ON_FIBER void memory_release(struct runtime *runtime, uintptr_t address,
			     size_t bytes, uintptr_t place);

/* The thread has done something private that is no access: so many of them make
 * it spin, see memory.c. */
ON_FIBER void memory_count_private(struct runtime *runtime, uintptr_t place);

/* The process is about to end: that reads what is watched. */
ON_FIBER void memory_read_watched(struct runtime *runtime);

/* An atomic operation. */
struct atomic_access {
	uintptr_t address;
	uint32_t bytes; /* 1, 2, 4, 8, 16 */
	enum op op;
	enum memory_order_kind order;
	enum memory_order_kind failure_order; /* OP_ATOMIC_COMPARE */
	uintptr_t place;
};

/* Waits for the turn of an atomic operation, if its memory is visible; false if
 * it is not, and the operation no step. */
ON_FIBER bool memory_atomic(struct runtime *runtime,
			    const struct atomic_access *access);

#endif
