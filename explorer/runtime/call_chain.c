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

static inline __attribute__((always_inline)) struct walk
start(const struct runtime *runtime, const struct thread *thread)
{
	if (thread == runtime->current)
		return (struct walk){(uintptr_t)call_chain,
				     __builtin_frame_address(0), 0};
	return (struct walk){fiber_return_address(&thread->fiber) - 1,
			     fiber_frame_pointer(&thread->fiber),
			     (uintptr_t)fiber_live_low(&thread->fiber)};
}

#ifdef __x86_64__

/* Does a call end there? Its opcode is followed by a distance, or by an operand
 * that takes some bytes. */
static bool is_after_call(const struct module *module, uintptr_t address)
{
	static const uint8_t lengths[] = {2, 3, 4, 6, 7};
	const uint8_t *code = (const uint8_t *)address;

	if (address < module->code_start + 7 || address > module->code_end)
		return false;
	if (code[-5] == 0xe8)
		return true;
	for (size_t i = 0; i < sizeof(lengths); i++) {
		const uint8_t *call = code - lengths[i];

		if (call[0] == 0xff && (call[1] >> 3 & 7) == 2)
			return true;
	}
	return false;
}

/* Where the return address of a function without a frame of its own lies: the
 * first one below the next frame. NULL if there is none. */
static const uintptr_t *find_return(const struct runtime *runtime,
				    const struct walk *walk)
{
	const uintptr_t *word =
		(const uintptr_t *)(walk->above + sizeof(struct pushed));

	for (; word < (const uintptr_t *)walk->frame; word++) {
		const struct module *module =
			modules_at(&runtime->world.modules, *word - 1);

		if (module && !module->own && is_after_call(module, *word))
			return word;
	}
	return NULL;
}

#else

/* All code keeps frame pointers. */
static const uintptr_t *find_return(const struct runtime *runtime,
				    const struct walk *walk)
{
	(void)runtime;
	(void)walk;
	return NULL;
}

#endif

/* The caller of a function that may lie in a library. Returns the top of the
 * function's own frame. */
static uintptr_t go_up(const struct runtime *runtime,
		       const struct module *module, struct walk *walk)
{
	const uintptr_t *returns = module->framed || walk->above == 0
					   ? NULL
					   : find_return(runtime, walk);
	const struct pushed *frame = walk->frame;

	if (returns) {
		walk->place = *returns - 1;
		walk->above = (uintptr_t)(returns - 1);
		return (uintptr_t)(returns + 1);
	}
	*walk = (struct walk){frame->return_address - 1, frame->caller,
			      (uintptr_t)frame};
	return (uintptr_t)(frame + 1);
}

static unsigned follow(const struct runtime *runtime,
		       const struct thread *thread, struct walk walk,
		       struct call_frame *ret_frames)
{
	unsigned count = 0;

	while (count < CALL_CHAIN_MAX &&
	       is_frame(thread, walk.frame, walk.above)) {
		uintptr_t place = walk.place;
		const struct module *module =
			modules_at(&runtime->world.modules, place);
		uintptr_t top;

		if (!module)
			return count;
		top = go_up(runtime, module, &walk);
		if (!module->own)
			ret_frames[count++] = (struct call_frame){place, top};
	}
	return count;
}

unsigned call_chain(const struct runtime *runtime, const struct thread *thread,
		    struct call_frame *ret_frames)
{
	return follow(runtime, thread, start(runtime, thread), ret_frames);
}

bool call_chain_is_top(const struct runtime *runtime, void *const *frame,
		       uintptr_t top)
{
	const struct pushed *caller = (const struct pushed *)top - 1;

	return is_frame(runtime->current, caller, (uintptr_t)frame) &&
	       modules_at(&runtime->world.modules, caller->return_address - 1);
}

uintptr_t call_chain_live_low(const struct runtime *runtime,
			      const struct thread *thread)
{
	struct walk walk = start(runtime, thread);
	uintptr_t low = 0;

	for (;;) {
		const struct module *module =
			modules_at(&runtime->world.modules, walk.place);

		if (!module)
			return 0;
		if (!module->own)
			return low;
		if (!walk.frame)
			return stacks_top(thread->slot);
		if (!is_frame(thread, walk.frame, walk.above))
			return 0;
		low = go_up(runtime, module, &walk);
	}
}

uintptr_t call_chain_interrupted(const struct runtime *runtime, uintptr_t place,
				 uintptr_t frame_pointer)
{
	const struct walk walk = {
		.place = place,
		.frame = (const struct pushed *)frame_pointer,
	};
	struct call_frame frames[CALL_CHAIN_MAX];
	unsigned count = follow(runtime, runtime->current, walk, frames);

	return count > 0 ? frames[0].place : place;
}

static bool is_framed(const struct runtime *runtime, uintptr_t place)
{
	const struct module *module =
		modules_at(&runtime->world.modules, place);

	return !module || module->framed;
}

uintptr_t call_chain_place(const struct runtime *runtime, uintptr_t place)
{
	struct call_frame frames[CALL_CHAIN_MAX];
	unsigned count;

	if (is_framed(runtime, place))
		return place;
	count = call_chain(runtime, runtime->current, frames);
	for (unsigned i = 0; i < count; i++)
		if (is_framed(runtime, frames[i].place))
			return frames[i].place;
	return place;
}
