/*
 * Which thread an address belongs to, as far as it is that of memory of which
 * each thread has its own: its heap, its stack, and the like.
 */
#ifndef EXPLORER_ENGINE_SYMMETRY_PLACE_H
#define EXPLORER_ENGINE_SYMMETRY_PLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/symmetry_rules.h"
#include "world/layout.h"
#include "world/stacks.h"

/* A part of the address space in which each slot has 1 << shift bytes. */
struct symmetry_area {
	uintptr_t start;
	uintptr_t end;
	unsigned shift;
};

/* In the order in which they lie, without a gap. */
extern const struct symmetry_area symmetry_areas[];

/* The area that the address lies in; NULL if that is none. */
static inline const struct symmetry_area *symmetry_area_of(uintptr_t address)
{
	const struct symmetry_area *area = symmetry_areas;

	if (address - LAYOUT_HEAP >= LAYOUT_NAMED - LAYOUT_HEAP)
		return NULL;
	while (address >= area->end)
		area++;
	return area;
}

/* The slot whose part of an area the address lies in; 0 if that is main's, no
 * slot of a thread that may be a member, or none. */
static inline uint32_t symmetry_slot_of(uintptr_t address)
{
	const struct symmetry_area *area = symmetry_area_of(address);
	uint64_t slot =
		area ? layout_slot(address, area->start, area->shift) : 0;

	return slot < SYMMETRY_SLOTS ? (uint32_t)slot : 0;
}

/* Which area the address lies in, which must be one, and how far into its
 * slot's part of it. */
uint64_t symmetry_place(uintptr_t address);

/* Whether it is the id of the thread with that slot, as the program has it. */
static inline bool symmetry_is_id(uintptr_t word, uint32_t slot)
{
	return word == stacks_top(slot) - STACK_BYTES;
}

#endif
