/*
 * Learning what is visible. See touch.h.
 */
#include "runtime/touch.h"

#include "base/memory.h"
#include "runtime/visible.h"

/* All accesses of one context to one granule. */
struct touch {
	uint32_t context;
	uint32_t older; /* index + 1 of the granule's next touch; 0: none */
	uint8_t read;	/* masks of bytes */
	uint8_t written;
};

void touches_init(struct touches *touches, const struct contexts *contexts)
{
	*touches = (struct touches){.contexts = contexts};
}

static struct touch *touch_add(struct touches *touches, uint64_t *newest,
			       uint32_t context)
{
	struct touch *touch;

	memory_reserve((void **)&touches->at, &touches->capacity,
		       touches->count + 1, sizeof(*touches->at));
	touch = &touches->at[touches->count++];
	*touch = (struct touch){.context = context, .older = (uint32_t)*newest};
	*newest = touches->count;
	return touch;
}

/* The bytes of `mask` that some unordered context touches, in conflict. */
static uint8_t conflicts(const struct touches *touches, uint64_t newest,
			 uint32_t context, uint8_t mask, bool write)
{
	uint8_t found = 0;

	for (uint64_t i = newest; i; i = touches->at[i - 1].older) {
		const struct touch *touch = &touches->at[i - 1];
		uint8_t other =
			write ? touch->read | touch->written : touch->written;

		if (other & mask && !contexts_ordered(touches->contexts,
						      touch->context, context))
			found |= other & mask;
	}
	return found;
}

static struct touch *touch_of(struct touches *touches, uint64_t newest,
			      uint32_t context)
{
	for (uint64_t i = newest; i; i = touches->at[i - 1].older)
		if (touches->at[i - 1].context == context)
			return &touches->at[i - 1];
	return NULL;
}

static void learn(struct touches *touches, uintptr_t granule, uint8_t found)
{
	uint64_t *learned = map_put(&touches->learned, granule);

	touches->grown += (*learned | found) != *learned;
	*learned |= found;
}

static void note_granule(struct touches *touches, uint32_t context,
			 uintptr_t granule, uint8_t mask, bool write)
{
	uint64_t *newest = map_put(&touches->granules, granule);
	struct touch *touch = touch_of(touches, *newest, context);
	uint8_t found;

	if (touch && ((write ? touch->written : touch->read) & mask) == mask)
		return;
	found = conflicts(touches, *newest, context, mask, write);
	if (!touch)
		touch = touch_add(touches, newest, context);
	if (write)
		touch->written |= mask;
	else
		touch->read |= mask;
	if (found)
		learn(touches, granule, found);
}

void touches_note(struct touches *touches, uint32_t context, uintptr_t address,
		  size_t bytes, bool write)
{
	if (bytes == 0)
		return;
	for (uintptr_t granule = address / 8;
	     granule <= (address + bytes - 1) / 8; granule++)
		if (granule)
			note_granule(touches, context, granule,
				     granule_mask(granule, address, bytes),
				     write);
}

void touches_learn_clock(struct touches *touches)
{
	touches->grown += !touches->learned_clock;
	touches->learned_clock = true;
}
