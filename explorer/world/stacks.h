/*
 * Green stacks, one for each slot, at fixed places.
 *
 * A stack is mapped when its slot is first used and kept for all later
 * executions. Its slot's part of the address space is otherwise empty: about
 * 250 MiB of guard below each stack, more than any single frame jumps.
 */
#ifndef EXPLORER_WORLD_STACKS_H
#define EXPLORER_WORLD_STACKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "world/layout.h"

#define STACK_BYTES ((size_t)8 << 20)

struct stacks {
	bool mapped[LAYOUT_SLOTS];
};

/* The lowest byte of the slot's stack of STACK_BYTES, mapped now if it was
 * not; NULL if the system has no room. */
void *stacks_low(struct stacks *stacks, uint32_t slot);

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
