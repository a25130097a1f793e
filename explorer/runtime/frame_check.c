/*
 * Accesses to locals of functions that have returned. See frame_check.h.
 */
#include "runtime/frame_check.h"

#include "runtime/call_chain.h"

const struct thread *frame_check_owner(const struct runtime *runtime,
				       uintptr_t address)
{
	const struct runtime_state *state = &runtime->state;
	uint64_t slot = stacks_slot(address);

	if (slot < state->count && state->threads[slot].slot == slot)
		return &state->threads[slot];
	for (uint32_t i = 0; i < state->count; i++)
		if (state->threads[i].slot == slot)
			return &state->threads[i];
	return NULL;
}

/* Whether it waits where it went by itself: what a fault or a hang has
 * interrupted has left its stack nobody knows where. */
static bool is_where_it_went(const struct thread *owner)
{
	return owner->state != THREAD_PENDING ||
	       (owner->pending.op != OP_CRASH &&
		owner->pending.op != OP_ABORT &&
		owner->pending.op != OP_OVERFLOW &&
		owner->pending.op != OP_SPIN);
}

/* A program that has stacks of its own may be on one of those. */
static bool is_on_its_stack(const struct runtime *runtime,
			    const struct thread *owner)
{
	return owner == runtime->current ||
	       stacks_slot((uintptr_t)fiber_live_low(&owner->fiber)) ==
		       owner->slot;
}

bool frame_check_is_over(const struct runtime *runtime,
			 const struct thread *owner, uintptr_t address)
{
	if (runtime->own_stacks)
		return false;
	if (owner->state == THREAD_ENDED)
		return true;
	return is_where_it_went(owner) && is_on_its_stack(runtime, owner) &&
	       address < call_chain_live_low(runtime, owner);
}

bool frame_check_tell(struct runtime *runtime,
		      const struct operation *operation, uintptr_t address)
{
	const struct thread *owner = frame_check_owner(runtime, address);
	bool busy = runtime->busy;

	if (!owner || !frame_check_is_over(runtime, owner, address))
		return false;
	if (!runtime->frame_error)
		return true;
	runtime->busy = true;
	runtime->frame_error(runtime->frame_error_context,
			     &(struct frame_error){.thread = runtime->current,
						   .operation = operation,
						   .address = address,
						   .owner = owner});
	runtime->busy = busy;
	return true;
}
