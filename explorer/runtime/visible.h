/*
 * The set of visible memory: the bytes that more than one thread may access at
 * a time, so that accesses to them are scheduling points.
 *
 * Kept by granules of 8 bytes with a bit for each byte. A small table, indexed
 * by the low bits of a granule's address, answers "surely not" for the many
 * accesses that are private, and says which granule it may be for the others.
 */
#ifndef EXPLORER_RUNTIME_VISIBLE_H
#define EXPLORER_RUNTIME_VISIBLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"

#define VISIBLE_FILTER_PLACES ((size_t)1 << 18)
/* In the filter: more than one granule. */
#define VISIBLE_SEVERAL UINT32_MAX

struct visible_granule {
	uintptr_t address; /* / 8 */
	uint64_t mask;	   /* of its visible bytes */
};

/* A range of a heap block that was not there yet when the range was given. */
struct visible_pending {
	uint32_t slot;
	uint32_t number;
	uint64_t offset;
	uint64_t bytes;
	uintptr_t address; /* of the range, since the block came; else 0 */
};

/*
 * Invariants:
 * 1. numbers maps a granule's address / 8 to its number in `granules`.
 * 2. filter[g % VISIBLE_FILTER_PLACES] is 0 if there is no such granule g, its
 *    number + 1 if there is one, VISIBLE_SEVERAL if there are more.
 */
struct visible {
	struct map numbers;
	uint32_t *filter;
	struct visible_granule *granules;
	size_t count;
	size_t capacity;
	bool clock_is_read; /* by some execution: touches_learn_clock() */
	bool is_slow;	    /* the filter says VISIBLE_SEVERAL everywhere */
	uint32_t version;   /* grows with the set */
	/* Blocks have the same addresses in every execution, but a set that is
	 * given by block and offset can be placed only when they come. */
	struct visible_pending *pending;
	size_t pending_count;
	size_t pending_capacity;
	size_t pending_left; /* of them, without an address */
};

void visible_init(struct visible *visible);
void visible_clear(struct visible *visible);

/* From now on visible_maybe() is true of all granules, so that no access is
 * taken for private at a glance; or no longer. Empties the set. */
void visible_slow_down(struct visible *visible, bool slow);

/* Adds the bytes of `mask` of a granule; true if the set grew. */
bool visible_add(struct visible *visible, uintptr_t granule, uint8_t mask);
/* Adds [address, address + bytes). */
void visible_add_range(struct visible *visible, uintptr_t address,
		       size_t bytes);

/* Adds a range of a block that is still to be allocated. */
void visible_add_pending(struct visible *visible,
			 const struct visible_pending *pending);
/* The block has been allocated at `address`; true if the set grew. */
bool visible_place_block(struct visible *visible, uint32_t slot,
			 uint32_t number, uintptr_t address);
/* The range, given as pending, that holds the address; NULL if none does. */
const struct visible_pending *visible_placed(const struct visible *visible,
					     uintptr_t address);

/* False if certainly no byte of the granule is visible. */
static inline bool visible_maybe(const struct visible *visible,
				 uintptr_t granule)
{
	return visible->filter[granule % VISIBLE_FILTER_PLACES];
}

/* Slowly, where several granules have the same place in the filter. */
const struct visible_granule *visible_find(const struct visible *visible,
					   uintptr_t granule);

/* NULL if no byte of it is visible. */
static inline const struct visible_granule *
visible_get(const struct visible *visible, uintptr_t granule)
{
	uint32_t place = visible->filter[granule % VISIBLE_FILTER_PLACES];
	const struct visible_granule *found;

	if (place == 0)
		return NULL;
	if (place == VISIBLE_SEVERAL)
		return visible_find(visible, granule);
	found = &visible->granules[place - 1];
	return found->address == granule ? found : NULL;
}

/* The same, but NULL of all granules if it is slowed down. */
static inline const struct visible_granule *
visible_get_at_once(const struct visible *visible, uintptr_t granule)
{
	uint32_t place = visible->filter[granule % VISIBLE_FILTER_PLACES];

	if (place == VISIBLE_SEVERAL && visible->is_slow)
		return NULL;
	return visible_get(visible, granule);
}

/* No granule's number. */
#define GRANULE_NONE UINT32_MAX

/* The number of a granule with visible bytes, or GRANULE_NONE. */
static inline uint32_t visible_number(const struct visible *visible,
				      uintptr_t granule)
{
	const struct visible_granule *known = visible_get(visible, granule);

	return known ? (uint32_t)(known - visible->granules) : GRANULE_NONE;
}

/* Which of the bytes of `mask` are visible. */
static inline uint8_t visible_mask(const struct visible *visible,
				   uintptr_t granule, uint8_t mask)
{
	const struct visible_granule *known = visible_get(visible, granule);

	return known ? (uint8_t)(known->mask & mask) : 0;
}

/* Whether any byte of [address, address + bytes) is. */
bool visible_overlaps(const struct visible *visible, uintptr_t address,
		      size_t bytes);

/* Those bits of a granule's mask that [address, address + bytes) covers. */
static inline uint8_t granule_mask(uintptr_t granule, uintptr_t address,
				   size_t bytes)
{
	uintptr_t start = granule * 8;
	unsigned from = address > start ? (unsigned)(address - start) : 0;
	size_t to = address + bytes - start;

	if (to > 8)
		to = 8;
	return (uint8_t)((0xffU >> (8 - (unsigned)to)) & (0xffU << from));
}

#endif
