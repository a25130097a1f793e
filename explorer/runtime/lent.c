/*
 * Noting what is lent. See lent.h.
 */
#include "runtime/lent.h"

#include "world/lines.h"
#include "world/stacks.h"

void lent_note(struct lent *lent, uint32_t slot, uintptr_t address,
	       size_t bytes)
{
	uint64_t owner = stacks_slot(address);

	if (owner == slot || owner >= LAYOUT_SLOTS || bytes == 0)
		return;
	for (uintptr_t line = address & ~(uintptr_t)(LINE_BYTES - 1);
	     line < address + bytes; line += LINE_BYTES)
		*map_put(&lent->lines, line) = 1;
}
