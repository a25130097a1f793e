/*
 * The program's heap: addresses are a function of (allocating thread, its
 * allocation number), not of the interleaving.
 *
 * Each slot has an area from which blocks are cut one after the other. A freed
 * block is held back as long as there is room: only when a slot has handed out
 * HEAP_HELD_BYTES are blocks used again, the longest freed first, in the same
 * size class.
 *
 *     LAYOUT_HEAP    | head block 1 | head block 2 | head block 3 | ...
 *     LAYOUT_BLOCKS  | struct heap_slot | block 1 | block 2 | ...
 *
 * What the blocks are is kept apart from them, so that a program that writes
 * beyond its blocks does not destroy it. Both areas are ordinary pages of the
 * world: restoring those rewinds the heap.
 */
#ifndef EXPLORER_WORLD_HEAP_H
#define EXPLORER_WORLD_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "world/layout.h"
#include "world/pages.h"

#define HEAP_HELD_BYTES ((uint64_t)256 << 20)
/* Size classes for blocks that are used again: eight for each power of two. */
#define HEAP_CLASSES 320U
/* What all slots may take from the system together. */
#define HEAP_BYTES_MAX ((uint64_t)4 << 30)

struct heap_block {
	uint64_t start;	      /* address */
	uint64_t bytes;	      /* as asked for */
	uint64_t live;	      /* bytes that may be accessed: none once freed */
	uint64_t place;	      /* in the code, of who asked for it */
	uint64_t freed_place; /* and of who freed it */
	uint32_t freed_by;    /* slot */
	uint32_t room;	      /* in units of 16 bytes */
	uint32_t next;	      /* freed before it in its class; 0: none */
	bool freed;
	bool again; /* was freed, and handed out again */
};

/* At the start of a slot's part of LAYOUT_BLOCKS; blocks follow, from number 1
 * on. All zero before the first allocation. */
struct heap_slot {
	uint64_t used;		       /* bytes of the area handed out */
	uint32_t count;		       /* of blocks */
	uint32_t oldest[HEAP_CLASSES]; /* freed, longest ago; 0: none */
	uint32_t newest[HEAP_CLASSES];
};

/* Memory that the system has given; never taken back, so not part of what is
 * rewound. */
struct heap_mapping {
	uint64_t heap_bytes;
	uint64_t block_bytes;
	uint64_t unwritten_bytes;
};

/* Blocks that were accessed lately. */
#define HEAP_RECENT 4096U

/* Invariant: recent[] points to blocks of this heap, which may not exist at the
 * moment and are all zero then, or to `none`. */
struct heap {
	struct pages *pages;
	struct heap_mapping *mappings; /* LAYOUT_SLOTS of them */
	uint64_t mapped;	       /* bytes in all */
	uint64_t epoch; /* another one after each free and each rewind */
	/* Of all areas together, what accesses are looked at in: all or none.
	 */
	uint64_t checked_bytes;
	bool notes_unwritten;	/* see unwritten.h */
	struct heap_block none; /* all zero */
	struct heap_block *recent[HEAP_RECENT];
};

/* Blocks of different slots lie alike. */
static inline unsigned heap_recent(uintptr_t address)
{
	return (unsigned)(address >> 4 ^ address >> (LAYOUT_HEAP_SHIFT - 6)) %
	       HEAP_RECENT;
}

#define HEAP_AREA_BYTES ((uint64_t)LAYOUT_SLOTS << LAYOUT_HEAP_SHIFT)

void heap_init(struct heap *heap, struct pages *pages);

/* Makes the first `needed` bytes at `start`, of which *mapped are, usable.
 * False if there is no room, or more than `limit` are wanted. */
bool heap_map(struct heap *heap, uintptr_t start, uint64_t *mapped,
	      uint64_t needed, uint64_t limit);

/* A block of `bytes` at a multiple of `alignment` (a power of two), zeroed if
 * it has never been used, asked for at `place`. NULL if there is no room. */
void *heap_allocate(struct heap *heap, uint32_t slot, size_t bytes,
		    size_t alignment, uintptr_t place);

enum heap_free_result {
	HEAP_FREED,
	HEAP_FREED_BEFORE, /* double free: nothing was done */
	HEAP_NO_BLOCK,	   /* not the start of a block: nothing was done */
};
/* Frees it in the name of a slot, at `place`. */
enum heap_free_result heap_free(struct heap *heap, void *block, uint32_t slot,
				uintptr_t place);

/* Where an address lies: the block that holds it. */
struct heap_place {
	uint32_t slot;
	uint32_t number; /* of the allocation, from 1 */
	uint64_t offset; /* into the block */
	uint64_t bytes;	 /* of the block */
	bool freed;
	bool again; /* handed out before: may hold anything */
};
/* False if the address lies in no block. */
bool heap_find(const struct heap *heap, uintptr_t address,
	       struct heap_place *ret_place);

/* Blocks may have gone: the heap was rewound. */
static inline void heap_changed(struct heap *heap)
{
	heap->epoch += 0x9e3779b97f4a7c15U;
}

/* Whether the address is in the area of all heaps. */
static inline bool heap_covers(uintptr_t address)
{
	return address - LAYOUT_HEAP < HEAP_AREA_BYTES;
}

/* Whether it is there and accesses are looked at. */
static inline bool heap_checks(const struct heap *heap, uintptr_t address)
{
	return address - LAYOUT_HEAP < heap->checked_bytes;
}

/* heap_allows() for a block that was not accessed lately. */
bool heap_allows_other(struct heap *heap, uintptr_t address, size_t bytes);

/* Whether all of [address, address + bytes), bytes > 0, lies in one block that
 * has not been freed. */
static inline bool heap_allows(struct heap *heap, uintptr_t address,
			       size_t bytes)
{
	const struct heap_block *block = heap->recent[heap_recent(address)];
	uint64_t offset = address - block->start;

	return (offset < block->live && bytes <= block->live - offset) ||
	       heap_allows_other(heap, address, bytes);
}

/* A block as it was at some moment, and an address in it or beside it. */
struct heap_sight {
	uint32_t slot;
	uint32_t number; /* 0: there is no block anywhere near */
	int64_t offset;
	struct heap_block block;
};
/* The block that holds the address, or else the nearest one. */
struct heap_sight heap_look(const struct heap *heap, uintptr_t address);

/* How many blocks of the slot there are, freed ones included; and the
 * number-th of them, from 1 on. */
uint32_t heap_count(const struct heap *heap, uint32_t slot);
const struct heap_block *heap_block(uint32_t slot, uint32_t number);

/* The address of a byte of a block that exists now; 0 if it does not. */
uintptr_t heap_address(const struct heap *heap, uint32_t slot, uint32_t number,
		       uint64_t offset);

#endif
