/*
 * Where each thread has memory of its own. See symmetry_place.h.
 */
#include "engine/symmetry_place.h"

const struct symmetry_area symmetry_areas[] = {
	{LAYOUT_HEAP, LAYOUT_BLOCKS, LAYOUT_HEAP_SHIFT},
	{LAYOUT_BLOCKS, LAYOUT_UNWRITTEN, LAYOUT_BLOCK_SHIFT},
	{LAYOUT_UNWRITTEN, LAYOUT_STACKS, LAYOUT_BLOCK_SHIFT},
	{LAYOUT_STACKS, LAYOUT_VALUES, LAYOUT_STACK_SHIFT},
	{LAYOUT_VALUES, LAYOUT_NAMED, LAYOUT_VALUE_SHIFT},
};

uint64_t symmetry_place(uintptr_t address)
{
	const struct symmetry_area *area = symmetry_area_of(address);
	uintptr_t offset =
		(address - area->start) & (((uintptr_t)1 << area->shift) - 1);

	return (uint64_t)(area - symmetry_areas) << 48 | offset;
}
