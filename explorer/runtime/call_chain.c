/*
 * Who called whom. See call_chain.h.
 */
#include "runtime/call_chain.h"

/* What a function that keeps a frame pointer has pushed. */
struct pushed {
	const struct pushed *caller;
	uintptr_t return_address;
};

/* Whether such a thing can lie there, further up than the last one. */
static bool is_frame(const struct thread *thread, const struct pushed *frame,
		     uintptr_t above)
{
	uintptr_t at = (uintptr_t)frame;

	return at % sizeof(uintptr_t) == 0 && at > above &&
	       stacks_slot(at) == thread->slot &&
	       at + sizeof(*frame) <= stacks_top(thread->slot);
}

/* Where a walk has come to: in a function, whose frame this is. */
struct walk {
	uintptr_t place;
	const struct pushed *frame;
	uintptr_t above;
};

static struct walk start(const struct runtime *runtime,
			 const struct thread *thread)
{
	if (thread == runtime->current)
		return (struct walk){(uintptr_t)call_chain,
				     __builtin_frame_address(0), 0};
	return (struct walk){fiber_return_address(&thread->fiber) - 1,
			     fiber_frame_pointer(&thread->fiber),
			     (uintptr_t)fiber_live_low(&thread->fiber)};
}

unsigned call_chain(const struct runtime *runtime, const struct thread *thread,
		    struct call_frame *ret_frames)
{
	struct walk walk = start(runtime, thread);
	unsigned count = 0;

	while (count < CALL_CHAIN_MAX &&
	       is_frame(thread, walk.frame, walk.above)) {
		const struct module *module =
			modules_at(&runtime->world.modules, walk.place);

		if (!module)
			return count;
		if (!module->own)
			ret_frames[count++] = (struct call_frame){
				.place = walk.place,
				.top = (uintptr_t)(walk.frame + 1),
			};
		walk = (struct walk){walk.frame->return_address - 1,
				     walk.frame->caller, (uintptr_t)walk.frame};
	}
	return count;
}
