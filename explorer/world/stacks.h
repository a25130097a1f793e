/*
 * Green stacks, one for each slot, at fixed places.
 *
 * A stack is mapped when its slot is first used and kept for all later
 * executions. Its slot's part of the address space is otherwise empty: a guard
 * of 60 MiB or more below each stack, more than any single frame jumps.
 */
#ifndef EXPLORER_WORLD_STACKS_H
#define EXPLORER_WORLD_STACKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "world/layout.h"

/* Unless a thread asks for another size. */
#define STACK_BYTES	((size_t)8 << 20)
#define STACK_BYTES_MAX ((size_t)192 << 20)

struct stacks {
	uint32_t mapped[LAYOUT_SLOTS]; /* pages */
};

/* The lowest byte of the slot's stack of `bytes`, whole pages and at most
 * STACK_BYTES_MAX, mapped now if it was not; NULL if the system has no room.
 * What was mapped once stays: a saved world may need it. */
void *stacks_low(struct stacks *stacks, uint32_t slot, size_t bytes);

/* The byte after the stack's highest. */
static inline uintptr_t stacks_top(uint32_t slot)
{
	return LAYOUT_STACKS + ((uintptr_t)(slot + 1) << LAYOUT_STACK_SHIFT) -
	       PAGE_BYTES;
}

/* The slot whose stack, or the guard below it, holds address; LAYOUT_SLOTS or
 * more if there is none. */
static inline uint64_t stacks_slot(uintptr_t address)
{
	return layout_slot(address, LAYOUT_STACKS, LAYOUT_STACK_SHIFT);
}

/* Whether [address, address + bytes) lies in a mapped stack. */
bool stacks_hold(const struct stacks *stacks, uintptr_t address, size_t bytes);

#endif
