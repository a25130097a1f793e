/*
 * Bytes that nobody has written yet. See unwritten.h.
 */
#include "world/unwritten.h"

#include <string.h>

/* The bits of the granule of eight bytes that the address lies in. */
static uint8_t *bits_of(uintptr_t address)
{
	return (uint8_t *)(LAYOUT_UNWRITTEN + (address - LAYOUT_HEAP) / 8);
}

/* Whether there are bits for all of these bytes: blocks from the time before
 * these were noted have none. */
static bool has_bits(const struct heap *heap, uintptr_t address, size_t bytes)
{
	uint64_t slot = layout_slot(address, LAYOUT_HEAP, LAYOUT_HEAP_SHIFT);
	uint64_t offset = address - LAYOUT_HEAP - (slot << LAYOUT_HEAP_SHIFT);

	return slot < LAYOUT_SLOTS &&
	       (offset + bytes + 7) / 8 <= heap->mappings[slot].unwritten_bytes;
}

/* Those of a granule's bits that [address, end) covers; *ret_next is where the
 * next granule begins. */
static uint8_t mask_of(uintptr_t address, uintptr_t end, uintptr_t *ret_next)
{
	uintptr_t next = (address | 7) + 1;
	unsigned mask = 0xffU << address % 8;

	if (end < next)
		mask &= 0xffU >> (next - end);
	*ret_next = next;
	return (uint8_t)mask;
}

static bool is_unwritten(uintptr_t address)
{
	return *bits_of(address) >> address % 8 & 1;
}

void unwritten_begin(struct heap *heap, uintptr_t block, size_t bytes)
{
	uint64_t slot = layout_slot(block, LAYOUT_HEAP, LAYOUT_HEAP_SHIFT);
	uint64_t offset = block - LAYOUT_HEAP - (slot << LAYOUT_HEAP_SHIFT);
	uintptr_t area =
		LAYOUT_UNWRITTEN + ((uintptr_t)slot << LAYOUT_BLOCK_SHIFT);
	uintptr_t next;

	if (bytes == 0 || bytes > UNWRITTEN_BYTES_MAX ||
	    !heap_map(heap, area, &heap->mappings[slot].unwritten_bytes,
		      (offset + bytes + 7) / 8,
		      (uint64_t)1 << LAYOUT_BLOCK_SHIFT))
		return;
	memset((void *)block, UNWRITTEN_FILL, bytes);
	for (uintptr_t at = block; at < block + bytes; at = next)
		*bits_of(at) |= mask_of(at, block + bytes, &next);
}

void unwritten_end(struct heap *heap, uintptr_t address, size_t bytes)
{
	uintptr_t next;

	if (!has_bits(heap, address, bytes))
		return;
	for (uintptr_t at = address; at < address + bytes; at = next) {
		uint8_t mask = mask_of(at, address + bytes, &next);
		uint8_t *bits = bits_of(at);

		/* Writing what is there would make its page hot. */
		if (*bits & mask)
			*bits &= (uint8_t)~mask;
	}
}

/* Of ranges that overlap, the end that is in the way is copied first. */
void unwritten_copy(struct heap *heap, uintptr_t to, uintptr_t from,
		    size_t bytes)
{
	bool backwards = to > from;

	if (!has_bits(heap, to, bytes))
		return;
	if (!has_bits(heap, from, bytes)) {
		unwritten_end(heap, to, bytes);
		return;
	}
	for (size_t i = 0; i < bytes; i++) {
		size_t at = backwards ? bytes - 1 - i : i;
		uint8_t bit = (uint8_t)(1U << (to + at) % 8);
		bool unwritten = is_unwritten(from + at);

		if (unwritten == is_unwritten(to + at))
			continue;
		if (unwritten)
			*bits_of(to + at) |= bit;
		else
			*bits_of(to + at) &= (uint8_t)~bit;
	}
}

/* Whether somebody has written there, or next to it, unseen. */
static bool was_filled(uintptr_t address, size_t bytes)
{
	uintptr_t end = (address + bytes + 7) & ~(uintptr_t)7;

	for (uintptr_t at = address & ~(uintptr_t)7; at < end; at++)
		if (is_unwritten(at) && *(const uint8_t *)at != UNWRITTEN_FILL)
			return true;
	return false;
}

size_t unwritten_count(struct heap *heap, uintptr_t address, size_t bytes)
{
	uintptr_t next;
	size_t count = 0;

	if (!has_bits(heap, address, bytes))
		return 0;
	for (uintptr_t at = address; at < address + bytes; at = next) {
		uint8_t mask = mask_of(at, address + bytes, &next);

		count += (size_t)__builtin_popcount(*bits_of(at) & mask);
	}
	if (count == 0 || !was_filled(address, bytes))
		return count;
	/* What it wrote may hold the very byte here and there. */
	unwritten_end(heap, address, bytes);
	return 0;
}
