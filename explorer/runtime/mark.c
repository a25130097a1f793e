/*
 * Marks. See mark.h.
 */
#include "runtime/mark.h"

#include "base/hash.h"
#include "runtime/call_chain.h"
#include "runtime/misuse.h"

/* The parts of an identity on a stack. */
#define STACK_FRAME_KNOWN 0x80000000U
#define STACK_FRAME	  0x7fff0000U
#define STACK_PLACE	  0x0000ffffU

/* Of a stack: the frame in the upper half, where it is initialised in the
 * lower. 0 if the frame is another thread's, or cannot be told. */
ON_FIBER static uint32_t identity_on_stack(const struct runtime *runtime,
					   uintptr_t address)
{
	const struct thread *thread = runtime->current;
	struct call_frame frames[CALL_CHAIN_MAX];
	unsigned count = stacks_slot(address) == thread->slot
				 ? call_chain(runtime, thread, frames)
				 : 0;
	unsigned at = 0;
	uint64_t frame;

	while (at < count && address >= frames[at].top)
		at++;
	if (at == count)
		return 0;
	frame = frames[at].top;
	while (++at < count)
		frame = hash_mix(frame, frames[at].place);
	return (uint32_t)(hash_mix(frame, 0) & STACK_FRAME) |
	       STACK_FRAME_KNOWN |
	       (uint32_t)(hash_mix(thread->pending.place, 0) & STACK_PLACE);
}

ON_FIBER uint32_t mark_identity(const struct runtime *runtime,
				uintptr_t address)
{
	struct heap_place block;

	if (heap_find(&runtime->world.heap, address, &block))
		return (uint32_t)hash_mix(block.slot, block.number);
	if (stacks_slot(address) < LAYOUT_SLOTS)
		return identity_on_stack(runtime, address);
	return 0;
}

static bool is_same(uintptr_t address, uint32_t before, uint32_t now)
{
	if (stacks_slot(address) >= LAYOUT_SLOTS)
		return before == now;
	return (before & STACK_FRAME_KNOWN) &&
	       (before & ~STACK_PLACE) == (now & ~STACK_PLACE) &&
	       (before & STACK_PLACE) != (now & STACK_PLACE);
}

ON_FIBER uint64_t mark_ready(const struct runtime *runtime, uintptr_t address)
{
	return MARK_READY | mark_identity(runtime, address);
}

uint64_t mark_destroyed(void)
{
	return MARK_DESTROYED;
}

ON_FIBER bool mark_is_same(const struct runtime *runtime, uintptr_t address,
			   uint64_t mark)
{
	return mark_life(mark) == LIFE_READY &&
	       is_same(address, (uint32_t)mark,
		       mark_identity(runtime, address));
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
