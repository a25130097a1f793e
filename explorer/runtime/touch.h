/*
 * Learning what is visible, from private accesses.
 *
 * An access is private until another thread's access to the same bytes is
 * found that create and join do not order with it, one of the two a write.
 * Touches (bytes, context, read or write) are compared across all executions.
 */
#ifndef EXPLORER_RUNTIME_TOUCH_H
#define EXPLORER_RUNTIME_TOUCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "runtime/context.h"

#define TOUCH_RECENT 8192U

/* A range as long as this is noted as a whole. */
#define TOUCH_RANGE_BYTES_MIN 2048U

struct touch;
struct range_touch;

struct touches {
	const struct contexts *contexts;
	struct map granules; /* granule -> index of its newest touch + 1 */
	struct touch *at;
	size_t count;
	size_t capacity;
	struct range_touch *ranges;
	size_t range_count;
	size_t range_capacity;
	struct map known_ranges; /* digest of a range touch -> 1 */
	struct map learned; /* granule -> mask of bytes found to be shared */
	bool learned_clock; /* see touches_learn_clock() */
	uint64_t grown;	    /* how often any of these two did */
	/* Told of what is learned, at once; NULL: nobody is. */
	void (*told)(void *context, uintptr_t granule, uint8_t mask);
	void *told_context;
	/* The last accesses seen: the same one again teaches nothing. */
	uint64_t recent[TOUCH_RECENT];
	/* Those of them that are known to stay within a heap block, by a key
	 * that changes when that may be so no more. */
	uint64_t recent_in_heap[TOUCH_RECENT];
};

void touches_init(struct touches *touches, const struct contexts *contexts);

/* Notes an access to [address, address + bytes) in a context. */
void touches_note(struct touches *touches, uint32_t context, uintptr_t address,
		  size_t bytes, bool write);

/* Whether accesses of the context to that granule were noted. */
bool touches_have(const struct touches *touches, uint32_t context,
		  uint64_t granule);

/* Whatever memory one context has touched another may touch likewise, but for
 * what is each thread's own: has that noted. */
void touches_mirror(struct touches *touches, uint32_t from, uint32_t to);

/* Memory has become visible: accesses seen before may be no private ones any
 * more. */
void touches_forget_recent(struct touches *touches);

/* An execution reads the clock while there may be others, or compares it with
 * a point of time. */
void touches_learn_clock(struct touches *touches);

/* Stands for (address, size, read or write) in `recent`. */
static inline uint64_t touch_key(uintptr_t address, size_t bytes, bool write,
				 uint32_t context)
{
	return (((uint64_t)address << 16) ^ ((uint64_t)bytes << 1 | write)) +
	       (uint64_t)context * 0x9e3779b97f4a7c15U;
}

static inline uint32_t touch_slot(uint64_t key)
{
	return (uint32_t)((key ^ key >> 19) * 0x9e3779b97f4a7c15U >> 51);
}

#endif
