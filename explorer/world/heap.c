/*
 * The program's heap. See heap.h.
 */
#include "world/heap.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "base/kept_errno.h"
#include "base/memory.h"

#define UNIT_BYTES    16U
#define MAP_BYTES_MIN (256U << 10)
/* Left free between blocks, so that an overrun hits nobody else, and is seen:
 * as much as the block has, within limits. */
#define GAP_BYTES_MIN 16U
#define GAP_BYTES_MAX 256U

static struct heap_slot *slot_of(uint32_t slot)
{
	return (void *)(LAYOUT_BLOCKS +
			((uintptr_t)slot << LAYOUT_BLOCK_SHIFT));
}

static uintptr_t area_of(uint32_t slot)
{
	return LAYOUT_HEAP + ((uintptr_t)slot << LAYOUT_HEAP_SHIFT);
}

static struct heap_block *block_of(uint32_t slot, uint32_t number)
{
	return (struct heap_block *)(slot_of(slot) + 1) + (number - 1);
}

void heap_init(struct heap *heap, struct pages *pages)
{
	heap->pages = pages;
	heap->mappings = memory_new(LAYOUT_SLOTS * sizeof(*heap->mappings));
	heap->mapped = 0;
	heap->epoch = 0;
	heap->checked_bytes = HEAP_AREA_BYTES;
	heap->notes_unwritten = false;
	heap->none = (struct heap_block){0};
	for (unsigned i = 0; i < HEAP_RECENT; i++)
		heap->recent[i] = &heap->none;
}

/* Once the world is protected, new memory comes protected too: it is zero
 * before each execution. */
bool heap_map(struct heap *heap, uintptr_t start, uint64_t *mapped,
	      uint64_t needed, uint64_t limit)
{
	int saved_errno = errno;
	uint64_t grow = *mapped / 2;
	int protection = heap->pages->level_count > 0 ? PROT_READ
						      : PROT_READ | PROT_WRITE;
	void *at = (void *)(start + *mapped);

	if (needed <= *mapped)
		return true;
	if (grow < needed - *mapped)
		grow = needed - *mapped;
	grow = (grow + MAP_BYTES_MIN - 1) & ~(uint64_t)(MAP_BYTES_MIN - 1);
	if (*mapped + grow > limit || heap->mapped + grow > HEAP_BYTES_MAX)
		return false;
	if (mmap(at, grow, protection,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE |
			 MAP_FIXED_NOREPLACE,
		 -1, 0) != at) {
		errno_put_back(saved_errno);
		return false;
	}
	*mapped += grow;
	heap->mapped += grow;
	pages_add(heap->pages, at, grow);
	return true;
}

static bool map_for(struct heap *heap, uint32_t slot, uint64_t heap_bytes,
		    uint32_t blocks)
{
	struct heap_mapping *mapping = &heap->mappings[slot];

	return heap_map(heap, area_of(slot), &mapping->heap_bytes, heap_bytes,
			(uint64_t)1 << LAYOUT_HEAP_SHIFT) &&
	       heap_map(heap, (uintptr_t)slot_of(slot), &mapping->block_bytes,
			sizeof(struct heap_slot) +
				blocks * sizeof(struct heap_block),
			(uint64_t)1 << LAYOUT_BLOCK_SHIFT);
}

/* Eight classes for each power of two; a class's blocks all have room for
 * whatever falls into it. */
static unsigned class_of(uint32_t units)
{
	unsigned shift;

	if (units < 16)
		return units;
	shift = 31 - (unsigned)__builtin_clz(units) - 3;
	return (shift + 1) * 8 + (units >> shift);
}

static uint32_t round_units(uint32_t units)
{
	uint32_t step;

	if (units < 16)
		return units;
	step = 1U << (31 - (unsigned)__builtin_clz(units) - 3);
	return (units + step - 1) & ~(step - 1);
}

/* The number of the last block of the slot that starts at or before
 * `address`; 0 if none does. Starts grow with the numbers. */
static uint32_t last_block_before(uint32_t slot, uintptr_t address)
{
	uint32_t low = 0;
	uint32_t high = slot_of(slot)->count;

	while (low < high) {
		uint32_t middle = high - (high - low) / 2;

		if (block_of(slot, middle)->start <= address)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

/* The longest freed block of the class, or 0. */
static uint32_t reuse(uint32_t slot, uint32_t units)
{
	struct heap_slot *state = slot_of(slot);
	unsigned class = class_of(units);
	uint32_t number = state->oldest[class];

	if (number == 0)
		return 0;
	state->oldest[class] = block_of(slot, number)->next;
	if (state->oldest[class] == 0)
		state->newest[class] = 0;
	return number;
}

static void *hand_out(struct heap *heap, struct heap_block *block,
		      uint64_t bytes, uintptr_t place)
{
	block->bytes = bytes;
	block->live = bytes;
	block->place = place;
	block->freed = false;
	block->next = 0;
	heap->recent[heap_recent(block->start)] = block;
	return (void *)(uintptr_t)block->start;
}

static uint64_t gap_behind(uint64_t units)
{
	uint64_t bytes = units * UNIT_BYTES;

	return bytes < GAP_BYTES_MAX ? bytes : GAP_BYTES_MAX;
}

void *heap_allocate(struct heap *heap, uint32_t slot, size_t bytes,
		    size_t alignment, uintptr_t place)
{
	struct heap_slot *state = slot_of(slot);
	uint64_t room = (bytes + UNIT_BYTES - 1) / UNIT_BYTES;
	uint64_t start;
	uint32_t number;

	if (bytes >= (uint64_t)1 << LAYOUT_HEAP_SHIFT ||
	    !map_for(heap, slot, 0, 1))
		return NULL;
	room = round_units(room == 0 ? 1 : (uint32_t)room);
	if (state->used > HEAP_HELD_BYTES && alignment <= UNIT_BYTES) {
		number = reuse(slot, (uint32_t)room);
		if (number) {
			block_of(slot, number)->again = true;
			return hand_out(heap, block_of(slot, number), bytes,
					place);
		}
	}
	start = area_of(slot) + state->used +
		(state->used == 0 ? GAP_BYTES_MIN : 0);
	if (alignment > UNIT_BYTES)
		start = (start + alignment - 1) & ~(uint64_t)(alignment - 1);
	if (!map_for(heap, slot, start + room * UNIT_BYTES - area_of(slot),
		     state->count + 1))
		return NULL;
	number = ++state->count;
	state->used =
		start + room * UNIT_BYTES + gap_behind(room) - area_of(slot);
	*block_of(slot, number) = (struct heap_block){
		.start = start,
		.room = (uint32_t)room,
	};
	return hand_out(heap, block_of(slot, number), bytes, place);
}

/* The number of the block that holds the address; 0 if none does. */
static uint32_t block_holding(const struct heap *heap, uint32_t slot,
			      uintptr_t address)
{
	const struct heap_block *block = heap->recent[heap_recent(address)];
	uint32_t number;

	if (address - block->start < (uint64_t)block->room * UNIT_BYTES)
		return (uint32_t)(block - block_of(slot, 1)) + 1;
	number = last_block_before(slot, address);
	if (number == 0)
		return 0;
	block = block_of(slot, number);
	return address - block->start < (uint64_t)block->room * UNIT_BYTES
		       ? number
		       : 0;
}

static bool slot_is_mapped(const struct heap *heap, uint64_t slot)
{
	return slot < LAYOUT_SLOTS && heap->mappings[slot].block_bytes > 0;
}

enum heap_free_result heap_free(struct heap *heap, void *start, uint32_t by,
				uintptr_t place)
{
	uintptr_t address = (uintptr_t)start;
	uint64_t slot = layout_slot(address, LAYOUT_HEAP, LAYOUT_HEAP_SHIFT);
	struct heap_slot *state;
	struct heap_block *block;
	uint32_t number;
	unsigned class;

	if (!slot_is_mapped(heap, slot))
		return HEAP_NO_BLOCK;
	state = slot_of((uint32_t)slot);
	number = block_holding(heap, (uint32_t)slot, address);
	if (number == 0)
		return HEAP_NO_BLOCK;
	block = block_of((uint32_t)slot, number);
	if (block->start != address)
		return HEAP_NO_BLOCK;
	if (block->freed)
		return HEAP_FREED_BEFORE;
	block->freed = true;
	block->live = 0;
	block->freed_by = by;
	block->freed_place = place;
	heap_changed(heap);
	class = class_of(block->room);
	if (state->newest[class])
		block_of((uint32_t)slot, state->newest[class])->next = number;
	else
		state->oldest[class] = number;
	state->newest[class] = number;
	return HEAP_FREED;
}

bool heap_find(const struct heap *heap, uintptr_t address,
	       struct heap_place *ret_place)
{
	uint64_t slot = layout_slot(address, LAYOUT_HEAP, LAYOUT_HEAP_SHIFT);
	const struct heap_block *block;
	uint32_t number;

	if (!slot_is_mapped(heap, slot))
		return false;
	number = block_holding(heap, (uint32_t)slot, address);
	if (number == 0)
		return false;
	block = block_of((uint32_t)slot, number);
	*ret_place = (struct heap_place){
		.slot = (uint32_t)slot,
		.number = number,
		.offset = address - block->start,
		.bytes = block->bytes,
		.freed = block->freed,
		.again = block->again,
	};
	return true;
}

bool heap_allows_other(struct heap *heap, uintptr_t address, size_t bytes)
{
	uint64_t slot = layout_slot(address, LAYOUT_HEAP, LAYOUT_HEAP_SHIFT);
	struct heap_block *block;
	uint32_t number;
	uint64_t offset;

	if (!slot_is_mapped(heap, slot))
		return false;
	number = last_block_before((uint32_t)slot, address);
	if (number == 0)
		return false;
	block = block_of((uint32_t)slot, number);
	offset = address - block->start;
	if (offset >= block->live || bytes > block->live - offset)
		return false;
	heap->recent[heap_recent(address)] = block;
	return true;
}

struct heap_sight heap_look(const struct heap *heap, uintptr_t address)
{
	uint64_t slot = layout_slot(address, LAYOUT_HEAP, LAYOUT_HEAP_SHIFT);
	struct heap_sight sight = {.slot = (uint32_t)slot};
	uint32_t number;

	if (!slot_is_mapped(heap, slot) || slot_of((uint32_t)slot)->count == 0)
		return sight;
	number = last_block_before((uint32_t)slot, address);
	if (number == 0)
		number = 1;
	sight.block = *block_of((uint32_t)slot, number);
	/* Just below a block it is that one's rather than the one before's. */
	if (number < slot_of((uint32_t)slot)->count) {
		const struct heap_block *next =
			block_of((uint32_t)slot, number + 1);
		uint64_t end = sight.block.start + sight.block.bytes;

		if (address >= end && next->start - address <= address - end) {
			sight.block = *next;
			number++;
		}
	}
	sight.number = number;
	sight.offset = (int64_t)(address - sight.block.start);
	return sight;
}

uint32_t heap_count(const struct heap *heap, uint32_t slot)
{
	return slot_is_mapped(heap, slot) ? slot_of(slot)->count : 0;
}

const struct heap_block *heap_block(uint32_t slot, uint32_t number)
{
	return block_of(slot, number);
}

uintptr_t heap_address(const struct heap *heap, uint32_t slot, uint32_t number,
		       uint64_t offset)
{
	if (!slot_is_mapped(heap, slot) || number == 0 ||
	    number > slot_of(slot)->count)
		return 0;
	return (uintptr_t)block_of(slot, number)->start + offset;
}
