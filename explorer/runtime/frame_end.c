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

/* What of the frame is visible. It depends on what was noted before how far
 * that goes. */
static __attribute__((noinline)) struct range note_far(struct runtime *runtime,
						       struct range frame)
{
	const struct touches *touches = &runtime->touches;
	size_t known = touches->count + touches->range_count;
	struct range part;
	DEAD_STACK_SKIP;

	runtime->busy = true;
	touch_lent(runtime, frame);
	if (touches->count + touches->range_count != known)
		runtime->entangled |= ENTANGLED;
	part = visible_part(&runtime->visible, frame);
	runtime->busy = false;
	return part;
}

/* What of the range may matter to others. */
static struct range lent_part(const struct runtime *runtime, struct range range)
{
	const struct lent_part *part =
		&runtime->lent.parts[runtime->current->slot];

	return common(range, (struct range){part->low, part->high});
}

ON_FIBER static void end(struct runtime *runtime, struct range frame,
			 uintptr_t place)
{
	struct range part = note_far(runtime, frame);

	DEAD_REGISTERS_CLEAR;
	if (is_empty(part))
		return;
	runtime_announce(runtime, &(struct operation){
					  .op = OP_RETURN,
					  .order = ORDER_PLAIN,
					  .address = part.low,
					  .bytes = part.high - part.low,
					  .place = place,
				  });
}

static __attribute__((noinline)) void
log_far(struct runtime *runtime, const struct ended_frame *frame, uintptr_t low)
{
	DEAD_STACK_SKIP;
	runtime->busy = true;
	frame_log_add(&runtime->frame_log, frame, low);
	runtime->busy = false;
}

ON_FIBER void frame_end_return(struct runtime *runtime, void *const *frame)
{
	uintptr_t low = (uintptr_t)(frame + 2);
	uintptr_t place = (uintptr_t)frame[1] - 1;
	uintptr_t top = (uintptr_t)frame[0] + 2 * sizeof(*frame);
	struct range lent = lent_part(runtime, (struct range){low, top});

	if ((is_empty(lent) && !runtime->frame_log.on) ||
	    !call_chain_is_top(runtime, frame, top))
		return;
	if (runtime->frame_log.on)
		log_far(runtime, &(struct ended_frame){place, top}, low);
	if (!is_empty(lent))
		end(runtime, lent, place);
}

/* Of the functions that it is still in, the innermost first. */
static void log_all(struct runtime *runtime)
{
	struct call_frame frames[CALL_CHAIN_MAX];
	unsigned count = call_chain(runtime, runtime->current, frames);
	uintptr_t low = call_chain_live_low(runtime, runtime->current);

	for (unsigned i = 0; i < count; i++) {
		log_far(runtime,
			&(struct ended_frame){frames[i].place, frames[i].top},
			low);
		low = frames[i].top;
	}
}

ON_FIBER void frame_end_left(struct runtime *runtime, uintptr_t low)
{
	struct range lent = lent_part(
		runtime,
		(struct range){low, stacks_top(runtime->current->slot)});

	if (runtime->frame_log.on)
		log_all(runtime);
	if (!is_empty(lent))
		end(runtime, lent, 0);
}
