/*
 * The end of a function's frame. See frame_end.h.
 */
#include "runtime/frame_end.h"

#include "runtime/announce.h"
#include "runtime/call_chain.h"
#include "runtime/dead_stack.h"
#include "world/lines.h"

struct range {
	uintptr_t low;
	uintptr_t high;
};

static bool is_empty(struct range range)
{
	return range.low >= range.high;
}

static struct range common(struct range a, struct range b)
{
	return (struct range){a.low > b.low ? a.low : b.low,
			      a.high < b.high ? a.high : b.high};
}

/* What is lent is written, as it were. */
static void touch_lent(struct runtime *runtime, struct range frame)
{
	struct touches *touches = &runtime->touches;
	uint32_t context = runtime->current->context;
	uintptr_t line = frame.low & ~(uintptr_t)(LINE_BYTES - 1);

	for (; line < frame.high; line += LINE_BYTES) {
		struct range part =
			common(frame, (struct range){line, line + LINE_BYTES});

		if (!lent_has(&runtime->lent, line))
			continue;
		lent_end(&runtime->lent, line);
		touches_note(touches, context, part.low, part.high - part.low,
			     true);
	}
}

static bool is_visible(const struct visible *visible, uintptr_t granule,
		       struct range frame)
{
	return visible_maybe(visible, granule) &&
	       visible_mask(visible, granule,
			    granule_mask(granule, frame.low,
					 frame.high - frame.low));
}

/* From the first visible byte to the last, by granules. */
static struct range visible_part(const struct visible *visible,
				 struct range frame)
{
	struct range part = {0};

	for (uintptr_t granule = frame.low / 8; granule * 8 < frame.high;
	     granule++) {
		if (!is_visible(visible, granule, frame))
			continue;
		if (part.high == 0)
			part.low = granule * 8;
		part.high = granule * 8 + 8;
	}
	return common(part, frame);
}

/* What of the range may matter to others. */
static struct range lent_part(const struct runtime *runtime, struct range range)
{
	const struct lent_part *part =
		&runtime->lent.parts[runtime->current->slot];

	return common(range, (struct range){part->low, part->high});
}

/* The frame, which has something lent in it, ends: what of it is visible. */
static struct range note(struct runtime *runtime, struct range frame)
{
	const struct touches *touches = &runtime->touches;
	size_t known = touches->count + touches->range_count;

	touch_lent(runtime, frame);
	if (touches->count + touches->range_count != known)
		runtime->entangled |= ENTANGLED;
	return visible_part(&runtime->visible, frame);
}

ON_FIBER static void announce(struct runtime *runtime, struct range part,
			      uintptr_t place)
{
	runtime_announce(runtime, &(struct operation){
					  .op = OP_RETURN,
					  .order = ORDER_PLAIN,
					  .address = part.low,
					  .bytes = part.high - part.low,
					  .place = place,
				  });
}

/* --- Returning */

/* What is visible of the frame of the function that has called a hook with this
 * frame. */
static struct range settle_frame(struct runtime *runtime, void *const *frame)
{
	uintptr_t low = (uintptr_t)(frame + 2);
	uintptr_t top = (uintptr_t)frame[0] + 2 * sizeof(*frame);
	struct range lent = lent_part(runtime, (struct range){low, top});
	bool logs = runtime->frame_log.on;

	if ((is_empty(lent) && !logs) ||
	    !call_chain_is_top(runtime, frame, top))
		return (struct range){0};
	if (logs)
		frame_log_add(
			&runtime->frame_log,
			&(struct ended_frame){(uintptr_t)frame[1] - 1, top},
			low);
	return is_empty(lent) ? lent : note(runtime, lent);
}

/* Returns NULL if nobody is to be told; else the runtime, whose `late` is what
 * ends. */
static __attribute__((noinline, used)) struct runtime *
frame_settle(struct runtime *runtime, void *const *frame)
{
	struct range part;

	runtime->busy = true;
	part = settle_frame(runtime, frame);
	runtime->busy = false;
	if (is_empty(part))
		return NULL;
	runtime->late = (struct late_access){
		.address = part.low,
		.bytes = part.high - part.low,
		.place = (uintptr_t)frame[1] - 1,
	};
	return runtime;
}

ON_FIBER static __attribute__((noinline, used)) void
frame_return_late(struct runtime *runtime)
{
	const struct late_access *late = &runtime->late;

	announce(runtime,
		 (struct range){late->address, late->address + late->bytes},
		 late->place);
}

/* Where nobody is told, not a byte of the stack is otherwise than if nothing
 * were known to be lent. */
#ifdef DEAD_STACK_FORWARD
DEAD_STACK_FORWARD(frame_end_return, frame_settle, frame_return_late);
#else
ON_FIBER void frame_end_return(struct runtime *runtime, void *const *frame)
{
	if (frame_settle(runtime, frame))
		frame_return_late(runtime);
}
#endif

/* --- Ending */

/* Of the functions that the thread is still in, the innermost first. */
static void log_all(struct runtime *runtime)
{
	struct call_frame frames[CALL_CHAIN_MAX];
	unsigned count = call_chain(runtime, runtime->current, frames);
	uintptr_t low = call_chain_live_low(runtime, runtime->current);

	for (unsigned i = 0; i < count; i++) {
		frame_log_add(
			&runtime->frame_log,
			&(struct ended_frame){frames[i].place, frames[i].top},
			low);
		low = frames[i].top;
	}
}

static __attribute__((noinline)) struct range
settle_far(struct runtime *runtime, uintptr_t low)
{
	struct range lent = lent_part(
		runtime,
		(struct range){low, stacks_top(runtime->current->slot)});
	DEAD_STACK_SKIP;

	runtime->busy = true;
	if (runtime->frame_log.on)
		log_all(runtime);
	if (!is_empty(lent))
		lent = note(runtime, lent);
	runtime->busy = false;
	return lent;
}

ON_FIBER void frame_end_left(struct runtime *runtime, uintptr_t low)
{
	struct range part = settle_far(runtime, low);

	if (!is_empty(part))
		announce(runtime, part, 0);
}
