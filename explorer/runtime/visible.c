/*
 * The set of visible memory. See visible.h.
 */
#include "runtime/visible.h"

#include <string.h>

#include "base/memory.h"

void visible_init(struct visible *visible)
{
	*visible = (struct visible){
		.filter = memory_new(VISIBLE_FILTER_PLACES *
				     sizeof(*visible->filter)),
	};
}

static uint32_t *filter_place(struct visible *visible, uintptr_t granule)
{
	return &visible->filter[granule % VISIBLE_FILTER_PLACES];
}

/* Place by place: most of the filter has never been touched, and its pages need
 * not be there. */
void visible_clear(struct visible *visible)
{
	map_clear(&visible->numbers);
	for (size_t i = 0; i < visible->count && !visible->is_slow; i++)
		*filter_place(visible, visible->granules[i].address) = 0;
	visible->count = 0;
	visible->clock_is_read = false;
	visible->pending_count = 0;
	visible->pending_left = 0;
	visible->version = 0;
}

void visible_slow_down(struct visible *visible, bool slow)
{
	visible_clear(visible);
	if (visible->is_slow == slow)
		return;
	visible->is_slow = slow;
	/* VISIBLE_SEVERAL has all bits. */
	memset(visible->filter, slow ? 0xff : 0,
	       VISIBLE_FILTER_PLACES * sizeof(*visible->filter));
}

const struct visible_granule *visible_find(const struct visible *visible,
					   uintptr_t granule)
{
	const uint64_t *number = map_get(&visible->numbers, granule);

	return number ? &visible->granules[*number] : NULL;
}

static struct visible_granule *add_granule(struct visible *visible,
					   uintptr_t granule)
{
	uint32_t *place = filter_place(visible, granule);

	memory_reserve((void **)&visible->granules, &visible->capacity,
		       visible->count + 1, sizeof(*visible->granules));
	*map_add(&visible->numbers, granule) = visible->count;
	visible->granules[visible->count++] =
		(struct visible_granule){.address = granule};
	*place = *place ? VISIBLE_SEVERAL : (uint32_t)visible->count;
	return &visible->granules[visible->count - 1];
}

bool visible_add(struct visible *visible, uintptr_t granule, uint8_t mask)
{
	const uint64_t *number = map_get(&visible->numbers, granule);
	struct visible_granule *known = number ? &visible->granules[*number]
					       : add_granule(visible, granule);

	if ((known->mask & mask) == mask)
		return false;
	known->mask |= mask;
	return true;
}

void visible_add_range(struct visible *visible, uintptr_t address, size_t bytes)
{
	if (bytes == 0)
		return;
	for (uintptr_t granule = address / 8;
	     granule <= (address + bytes - 1) / 8; granule++)
		visible_add(visible, granule,
			    granule_mask(granule, address, bytes));
}

/* For ranges that have more granules than the set. */
static bool any_overlaps(const struct visible *visible, uintptr_t address,
			 size_t bytes)
{
	for (size_t i = 0; i < visible->count; i++) {
		const struct visible_granule *known = &visible->granules[i];

		if (known->address * 8 < address + bytes &&
		    known->address * 8 + 8 > address &&
		    known->mask & granule_mask(known->address, address, bytes))
			return true;
	}
	return false;
}

bool visible_overlaps(const struct visible *visible, uintptr_t address,
		      size_t bytes)
{
	if (bytes == 0)
		return false;
	if (bytes / 8 > visible->count)
		return any_overlaps(visible, address, bytes);
	for (uintptr_t granule = address / 8;
	     granule <= (address + bytes - 1) / 8; granule++)
		if (visible_maybe(visible, granule) &&
		    visible_mask(visible, granule,
				 granule_mask(granule, address, bytes)))
			return true;
	return false;
}

void visible_add_pending(struct visible *visible,
			 const struct visible_pending *pending)
{
	memory_reserve((void **)&visible->pending, &visible->pending_capacity,
		       visible->pending_count + 1, sizeof(*visible->pending));
	visible->pending[visible->pending_count++] = *pending;
	visible->pending_left++;
}

bool visible_place_block(struct visible *visible, uint32_t slot,
			 uint32_t number, uintptr_t address)
{
	bool placed = false;

	for (size_t i = 0; i < visible->pending_count; i++) {
		struct visible_pending *pending = &visible->pending[i];

		if (pending->address || pending->slot != slot ||
		    pending->number != number)
			continue;
		pending->address = address + pending->offset;
		visible_add_range(visible, pending->address, pending->bytes);
		visible->pending_left--;
		placed = true;
	}
	return placed;
}

const struct visible_pending *visible_placed(const struct visible *visible,
					     uintptr_t address)
{
	for (size_t i = 0; i < visible->pending_count; i++) {
		const struct visible_pending *pending = &visible->pending[i];

		if (pending->address && address >= pending->address &&
		    address - pending->address < pending->bytes)
			return pending;
	}
	return NULL;
}
