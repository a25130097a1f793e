/*
 * Growing arrays, on top of whichever memory the binary was linked with.
 */
#include "base/memory.h"

#include <assert.h>
#include <stdint.h>

/* Enough that a short list never grows twice, and small enough to waste. */
#define CAPACITY_FIRST 16

void memory_grow(void **items, size_t *capacity, size_t needed,
		 size_t item_bytes)
{
	size_t grown = *capacity ? *capacity : CAPACITY_FIRST;

	assert(item_bytes > 0);
	/* Past this no array can be addressed, and doubling could overflow. */
	assert(needed <= PTRDIFF_MAX / item_bytes);
	while (grown < needed)
		grown *= 2;
	*items = memory_resize(*items, *capacity * item_bytes,
			       grown * item_bytes);
	*capacity = grown;
}
