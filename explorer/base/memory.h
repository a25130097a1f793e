/*
 * Memory for our own data.
 *
 * The command takes it from malloc. The library lives in the address space of
 * a program that may be buggy, and must not touch the program's heap: it takes
 * its memory from an arena of its own, apart from everything the program owns
 * and behind guard pages. Which one a binary uses is decided at link time
 * (memory_libc.c or memory_arena.c).
 *
 * Running out of memory is fatal, with a message: nothing here returns NULL.
 */
#ifndef EXPLORER_BASE_MEMORY_H
#define EXPLORER_BASE_MEMORY_H

#include <stddef.h>

/* Returns `bytes` zeroed bytes, aligned to 16. Owned by the caller. */
void *memory_new(size_t bytes);

/* Returns a block of `new_bytes` that starts with the old block's first
 * min(old_bytes, new_bytes) bytes and is zero after them; frees the old one.
 * block may be NULL if old_bytes is 0. */
void *memory_resize(void *block, size_t old_bytes, size_t new_bytes);

/* Gives back a block of exactly `bytes` bytes. block may be NULL. */
void memory_free(void *block, size_t bytes);

/* Large tables are made of segments: zeroed, aligned to their own size, in huge
 * pages where the system has them. One that was given back is used again. */
#define MEMORY_SEGMENT_BYTES ((size_t)2 << 20)
void *memory_new_segment(void);
void memory_free_segment(void *segment);

/* Grows the array *items, which has room for *capacity elements of
 * item_bytes each, until it has room for at least `needed`. Doubling. */
void memory_grow(void **items, size_t *capacity, size_t needed,
		 size_t item_bytes);

/* The same, where there may be room already. */
static inline void memory_reserve(void **items, size_t *capacity, size_t needed,
				  size_t item_bytes)
{
	if (needed > *capacity)
		memory_grow(items, capacity, needed, item_bytes);
}

#endif
