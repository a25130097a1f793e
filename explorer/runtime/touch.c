/*
 * Learning what is visible. See touch.h.
 *
 * Touches are kept by granules of 8 bytes; those of long ranges (blocks that
 * are cleared, copied, freed) as they are, since a hundred megabytes have
 * millions of granules. Each new touch is compared with both.
 */
#include "runtime/touch.h"

#include <string.h>

#include "base/memory.h"
#include "runtime/visible.h"
#include "world/layout.h"

/* All accesses of one context to one granule. */
struct touch {
	uint32_t context;
	uint32_t older; /* index + 1 of the granule's next touch; 0: none */
	uint8_t read;	/* masks of bytes */
	uint8_t written;
};

/* An access of one context to a long range. */
struct range_touch {
	uintptr_t start;
	uintptr_t end;
	uint32_t context;
	bool write;
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

/* The same for long ranges. */
static uint8_t range_conflicts(const struct touches *touches, uint32_t context,
			       uintptr_t granule, uint8_t mask, bool write)
{
	uint8_t found = 0;

	for (size_t i = 0; i < touches->range_count; i++) {
		const struct range_touch *range = &touches->ranges[i];

		if ((write || range->write) && range->start < granule * 8 + 8 &&
		    range->end > granule * 8 &&
		    !contexts_ordered(touches->contexts, range->context,
				      context))
			found |= mask & granule_mask(granule, range->start,
						     range->end - range->start);
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

/* Nobody's variables lie in the first granule of all. */
static void learn(struct touches *touches, uintptr_t granule, uint8_t found)
{
	uint64_t *learned;

	if (!granule)
		return;
	learned = map_put(&touches->learned, granule);
	if ((*learned | found) == *learned)
		return;
	touches->grown++;
	*learned |= found;
	if (touches->told)
		touches->told(touches->told_context, granule, found);
}

static void note_granule(struct touches *touches, uint32_t context,
			 uintptr_t granule, uint8_t mask, bool write)
{
	uint64_t *newest = map_put(&touches->granules, granule);
	struct touch *touch = touch_of(touches, *newest, context);
	uint8_t found;

	if (touch && ((write ? touch->written : touch->read) & mask) == mask)
		return;
	found = conflicts(touches, *newest, context, mask, write) |
		range_conflicts(touches, context, granule, mask, write);
	if (!touch)
		touch = touch_add(touches, newest, context);
	if (write)
		touch->written |= mask;
	else
		touch->read |= mask;
	if (found)
		learn(touches, granule, found);
}

/* --- Long ranges */

/* True if it was known. */
static bool add_range(struct touches *touches, const struct range_touch *range)
{
	uint64_t digest =
		hash_mix(hash_mix(range->start, range->end),
			 (uint64_t)range->context << 1 | range->write);
	uint64_t *known = map_put(&touches->known_ranges, digest ? digest : 1);

	if (*known)
		return true;
	*known = 1;
	memory_reserve((void **)&touches->ranges, &touches->range_capacity,
		       touches->range_count + 1, sizeof(*touches->ranges));
	touches->ranges[touches->range_count++] = *range;
	return false;
}

static void learn_common(struct touches *touches, const struct range_touch *a,
			 const struct range_touch *b)
{
	uintptr_t start = a->start > b->start ? a->start : b->start;
	uintptr_t end = a->end < b->end ? a->end : b->end;

	for (uintptr_t granule = start / 8; granule * 8 < end; granule++)
		learn(touches, granule,
		      granule_mask(granule, start, end - start));
}

static void meet_ranges(struct touches *touches, const struct range_touch *new)
{
	for (size_t i = 0; i < touches->range_count; i++) {
		const struct range_touch *old = &touches->ranges[i];

		if ((new->write || old->write) && new->start < old->end &&
		    old->start < new->end &&
		    !contexts_ordered(touches->contexts, old->context,
				      new->context))
			learn_common(touches, new, old);
	}
}

static void meet_granules(struct touches *touches,
			  const struct range_touch *new)
{
	for (size_t i = 0; i < touches->granules.capacity; i++) {
		const struct map_entry *entry = &touches->granules.entries[i];
		uint8_t mask;
		uint8_t found;

		if (!entry->key || entry->key * 8 >= new->end ||
		    entry->key * 8 + 8 <= new->start)
			continue;
		mask = granule_mask(entry->key, new->start,
				    new->end - new->start);
		found = conflicts(touches, entry->value, new->context, mask,
				  new->write);
		if (found)
			learn(touches, entry->key, found);
	}
}

static void note_range(struct touches *touches, const struct range_touch *range)
{
	if (add_range(touches, range))
		return;
	meet_ranges(touches, range);
	meet_granules(touches, range);
}

void touches_note(struct touches *touches, uint32_t context, uintptr_t address,
		  size_t bytes, bool write)
{
	if (context == CONTEXT_FIRST)
		return;
	if (bytes >= TOUCH_RANGE_BYTES_MIN) {
		note_range(touches,
			   &(struct range_touch){.start = address,
						 .end = address + bytes,
						 .context = context,
						 .write = write});
		return;
	}
	if (bytes == 0)
		return;
	for (uintptr_t granule = address / 8;
	     granule <= (address + bytes - 1) / 8; granule++)
		if (granule)
			note_granule(touches, context, granule,
				     granule_mask(granule, address, bytes),
				     write);
}

bool touches_have(const struct touches *touches, uint32_t context,
		  uint64_t granule)
{
	const uint64_t *newest = map_get(&touches->granules, granule);

	for (uint64_t i = newest ? *newest : 0; i; i = touches->at[i - 1].older)
		if (touches->at[i - 1].context == context)
			return true;
	for (size_t i = 0; i < touches->range_count; i++)
		if (touches->ranges[i].context == context &&
		    touches->ranges[i].start < granule * 8 + 8 &&
		    touches->ranges[i].end > granule * 8)
			return true;
	return false;
}

/* A thread's stack, heap and the like, unless it is main's; and what is no
 * memory. */
static bool is_own(uintptr_t address)
{
	if (address < LAYOUT_HEAP)
		return false;
	if (address >= LAYOUT_VALUES)
		return address < LAYOUT_THINGS + (LAYOUT_THINGS - LAYOUT_NAMED);
	if (address >= LAYOUT_STACKS)
		return layout_slot(address, LAYOUT_STACKS,
				   LAYOUT_STACK_SHIFT) != 0;
	return address >= LAYOUT_BLOCKS ||
	       layout_slot(address, LAYOUT_HEAP, LAYOUT_HEAP_SHIFT) != 0;
}

void touches_mirror(struct touches *touches, uint32_t from, uint32_t to)
{
	size_t ranges = touches->range_count;

	for (size_t i = 0; i < touches->granules.capacity; i++) {
		struct map_entry entry = touches->granules.entries[i];
		const struct touch *touch;
		struct touch copy;

		if (!entry.key || is_own(entry.key * 8))
			continue;
		touch = touch_of(touches, entry.value, from);
		if (!touch)
			continue;
		copy = *touch;
		if (copy.read)
			note_granule(touches, to, entry.key, copy.read, false);
		if (copy.written)
			note_granule(touches, to, entry.key, copy.written,
				     true);
	}
	for (size_t i = 0; i < ranges; i++) {
		struct range_touch range = touches->ranges[i];

		if (range.context != from || is_own(range.start))
			continue;
		range.context = to;
		note_range(touches, &range);
	}
}

void touches_forget_recent(struct touches *touches)
{
	memset(touches->recent, 0, sizeof(touches->recent));
	memset(touches->recent_in_heap, 0, sizeof(touches->recent_in_heap));
}

void touches_learn_clock(struct touches *touches)
{
	touches->grown += !touches->learned_clock;
	touches->learned_clock = true;
}
