/*
 * Noting what is lent. See lent.h.
 */
#include "runtime/lent.h"

#include "runtime/visible.h"
#include "world/lines.h"
#include "world/stacks.h"

static void widen(struct lent *lent, uint64_t slot, uintptr_t low,
		  uintptr_t high)
{
	struct lent_part *part = &lent->parts[slot];

	if (part->high == 0 || low < part->low)
		part->low = low;
	if (high > part->high)
		part->high = high;
	if (high > lent->parts_high)
		lent->parts_high = high;
	if (high > lent->high)
		lent->high = high;
}

void lent_note(struct lent *lent, uint32_t slot, uintptr_t address,
	       size_t bytes)
{
	uint64_t owner = stacks_slot(address);

	if (owner == slot || owner >= LAYOUT_SLOTS || bytes == 0)
		return;
	for (uintptr_t line = address & ~(uintptr_t)(LINE_BYTES - 1);
	     line < address + bytes; line += LINE_BYTES) {
		*map_put(&lent->lines, line) |= !lent_has_ended(lent, line);
		widen(lent, owner, line, line + LINE_BYTES);
	}
}

void lent_cover(struct lent *lent, const struct visible *visible)
{
	for (size_t i = 0; i < visible->count; i++)
		lent_note(lent, LAYOUT_SLOTS, visible->granules[i].address * 8,
			  8);
}

void lent_watch_all(struct lent *lent, bool all)
{
	lent->high = all ? UINTPTR_MAX : lent->parts_high;
}
