/*
 * Bytes of heap blocks that nobody has written since they were handed out: a
 * bit for each, in pages of the world.
 *
 *     LAYOUT_HEAP       ... | block: 24 bytes         | ...
 *     LAYOUT_UNWRITTEN  ... | 11111111 11111111 11111111 | ...
 *
 * Who writes without being seen, libc on the program's behalf, say, does not
 * take the bits away. So such blocks are filled with one byte over and over,
 * and where anything else stands, it has been written: that is looked at before
 * anybody is told. Nothing of this costs anything unless heap.notes_unwritten.
 */
#ifndef EXPLORER_WORLD_UNWRITTEN_H
#define EXPLORER_WORLD_UNWRITTEN_H

#include "world/heap.h"

#define UNWRITTEN_FILL 0xcb
/* Larger blocks are taken to be written: all of their pages would come into
 * use. */
#define UNWRITTEN_BYTES_MAX ((size_t)16 << 20)

/* A block has been handed out that holds nothing yet. */
void unwritten_begin(struct heap *heap, uintptr_t block, size_t bytes);

/* [address, address + bytes) is written. */
void unwritten_end(struct heap *heap, uintptr_t address, size_t bytes);

/* It is written with what stands at `from`, read or not. */
void unwritten_copy(struct heap *heap, uintptr_t to, uintptr_t from,
		    size_t bytes);

/* How many of these bytes nobody has written. */
size_t unwritten_count(struct heap *heap, uintptr_t address, size_t bytes);

#endif
