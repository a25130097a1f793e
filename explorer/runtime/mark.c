/*
 * Marks. See mark.h.
 */
#include "runtime/mark.h"

#include "base/hash.h"
#include "runtime/misuse.h"

/* The upper half of a mark; numbers that are unlikely in memory. */
#define READY	  UINT64_C(0x6c69766500000000)
#define DESTROYED UINT64_C(0x6465616400000000)
#define UPPER	  UINT64_C(0xffffffff00000000)

enum life mark_life(uint64_t mark)
{
	if (mark == 0)
		return LIFE_PLAIN;
	if ((mark & UPPER) == READY)
		return LIFE_READY;
	if (mark == DESTROYED)
		return LIFE_DESTROYED;
	return LIFE_UNKNOWN;
}

/* The lower half: which block, 0 for memory that is never handed out. */
uint64_t mark_ready(const struct runtime *runtime, uintptr_t address)
{
	struct heap_place block;
	uint64_t identity = 0;

	if (heap_find(&runtime->world.heap, address, &block))
		identity = hash_mix(block.slot, block.number) & ~UPPER;
	return READY | identity;
}

uint64_t mark_destroyed(void)
{
	return DESTROYED;
}

bool mark_is_same(const struct runtime *runtime, uintptr_t address,
		  uint64_t mark)
{
	return stacks_slot(address) >= LAYOUT_SLOTS &&
	       mark == mark_ready(runtime, address);
}

ON_FIBER bool mark_check(struct runtime *runtime, uint64_t mark)
{
	enum life life = mark_life(mark);

	if (life == LIFE_DESTROYED)
		misuse_see(runtime, MISUSE_USE_DESTROYED);
	if (life == LIFE_UNKNOWN)
		misuse_see(runtime, MISUSE_USE_UNINITIALISED);
	return life == LIFE_DESTROYED || life == LIFE_UNKNOWN;
}
