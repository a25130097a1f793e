/*
 * explorer/world/heap.c
 */
#include "world/heap.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "world/fault.h"

static struct pages pages;
static struct heap heap;

static void set_up(void)
{
	heap_init(&heap, &pages);
}

TestSuite(heap, .init = set_up);

static uint8_t *allocate(uint32_t slot, size_t bytes)
{
	uint8_t *block = heap_allocate(&heap, slot, bytes, 16, 0);

	cr_assert(ne(ptr, block, NULL));
	return block;
}

/* Hands out so much that freed blocks are used again. */
static void use_up_hold(uint32_t slot)
{
	for (uint64_t used = 0; used <= HEAP_HELD_BYTES;
	     used += (uint64_t)64 << 20)
		allocate(slot, (size_t)64 << 20);
}

/* Where in its slot's area. */
static uintptr_t within(uint32_t slot, const uint8_t *block)
{
	return (uintptr_t)block - LAYOUT_HEAP -
	       ((uintptr_t)slot << LAYOUT_HEAP_SHIFT);
}

Test(heap, address_follows_from_thread_and_number_alone)
{
	const size_t sizes[] = {1, 100, 16, 5000, 0, 17};
	uintptr_t alone[6];

	for (unsigned i = 0; i < 6; i++)
		alone[i] = within(1, allocate(1, sizes[i]));
	for (unsigned i = 0; i < 6; i++) {
		allocate(3, i * 1000);
		cr_assert(eq(sz, within(2, allocate(2, sizes[i])), alone[i]));
	}
}

Test(heap, blocks_are_zero_aligned_and_apart)
{
	uint8_t *blocks[100];

	for (unsigned i = 0; i < 100; i++) {
		blocks[i] = allocate(0, i);
		cr_assert(eq(sz, (uintptr_t)blocks[i] % 16, 0));
		for (unsigned j = 0; j < i; j++)
			cr_assert(eq(u8, blocks[i][j], 0));
		memset(blocks[i], (int)i, i);
	}
	for (unsigned i = 1; i < 100; i++)
		cr_assert(eq(u8, blocks[i][i - 1], i));
}

Test(heap, alignment_is_as_asked_for)
{
	for (size_t alignment = 16; alignment <= 65536; alignment *= 2) {
		uint8_t *block = heap_allocate(&heap, 0, 10, alignment, 0);

		cr_assert(eq(sz, (uintptr_t)block % alignment, 0));
		allocate(0, 1);
	}
}

Test(heap, too_much_is_refused)
{
	cr_assert(eq(ptr, heap_allocate(&heap, 0, SIZE_MAX, 16, 0), NULL));
	cr_assert(eq(ptr, heap_allocate(&heap, 0, SIZE_MAX - 15, 16, 0), NULL));
	cr_assert(
		eq(ptr, heap_allocate(&heap, 0, HEAP_BYTES_MAX, 16, 0), NULL));
	cr_assert(
		eq(ptr, heap_allocate(&heap, 0, 1, (size_t)1 << 63, 0), NULL));
	/* And does no harm. */
	cr_assert(eq(sz, within(0, allocate(0, 1)), within(1, allocate(1, 1))));
}

Test(heap, all_slots_together_have_a_limit)
{
	const size_t gigabyte = (size_t)1 << 30;
	unsigned had = 0;

	while (had < 10 && heap_allocate(&heap, had, gigabyte, 16, 0))
		had++;
	cr_assert(ge(uint, had, 2));
	cr_assert(lt(uint, had, 4));
}

Test(heap, free_tells_what_it_was_given)
{
	uint8_t *block = allocate(0, 100);

	cr_assert(eq(int, heap_free(&heap, block + 16, 0, 0), HEAP_NO_BLOCK));
	cr_assert(eq(int, heap_free(&heap, block - 16, 0, 0), HEAP_NO_BLOCK));
	cr_assert(eq(int, heap_free(&heap, NULL, 0, 0), HEAP_NO_BLOCK));
	cr_assert(eq(int, heap_free(&heap, &heap, 0, 0), HEAP_NO_BLOCK));
	cr_assert(eq(int, heap_free(&heap, block, 0, 0), HEAP_FREED));
	cr_assert(eq(int, heap_free(&heap, block, 0, 0), HEAP_FREED_BEFORE));
}

Test(heap, freed_blocks_are_held_back)
{
	uint8_t *block = allocate(0, 100);

	heap_free(&heap, block, 0, 0);
	for (unsigned i = 0; i < 1000; i++)
		cr_assert(ne(ptr, allocate(0, 100), block));
}

Test(heap, without_room_the_longest_freed_comes_first)
{
	uint8_t *a = allocate(0, 100);
	uint8_t *b = allocate(0, 100);
	uint8_t *c = allocate(0, 100);

	use_up_hold(0);
	heap_free(&heap, b, 0, 0);
	heap_free(&heap, a, 0, 0);
	cr_assert(eq(ptr, allocate(0, 100), b));
	heap_free(&heap, c, 0, 0);
	cr_assert(eq(ptr, allocate(0, 100), a));
	cr_assert(eq(ptr, allocate(0, 100), c));
	cr_assert(gt(sz, (uintptr_t)allocate(0, 100), (uintptr_t)c));
}

Test(heap, a_block_used_again_can_be_freed_again)
{
	uint8_t *block = allocate(0, 100);

	use_up_hold(0);
	for (unsigned i = 0; i < 3; i++) {
		cr_assert(eq(int, heap_free(&heap, block, 0, 0), HEAP_FREED));
		cr_assert(eq(ptr, allocate(0, 100), block));
	}
}

Test(heap, a_block_used_again_has_room)
{
	struct heap_place place;
	unsigned again = 0;

	use_up_hold(0);
	for (size_t bytes = 1; bytes < 20000; bytes += 1 + bytes / 16) {
		uint8_t *block = allocate(0, bytes);

		heap_free(&heap, block, 0, 0);
		for (size_t larger = bytes; larger < bytes * 2; larger++) {
			uint8_t *next = allocate(0, larger);

			if (next != block)
				break;
			again++;
			cr_assert(heap_find(&heap, (uintptr_t)next + larger - 1,
					    &place));
			cr_assert(eq(sz, place.bytes, larger));
			heap_free(&heap, next, 0, 0);
		}
	}
	cr_assert(gt(uint, again, 100));
}

Test(heap, finds_the_block_of_an_address)
{
	struct heap_place place;
	uint8_t *first = allocate(5, 40);
	uint8_t *second = allocate(5, 8);

	cr_assert(heap_find(&heap, (uintptr_t)first + 39, &place));
	cr_assert(eq(uint, place.slot, 5));
	cr_assert(eq(uint, place.number, 1));
	cr_assert(eq(sz, place.offset, 39));
	cr_assert(eq(sz, place.bytes, 40));
	cr_assert(not(place.freed));
	cr_assert(heap_find(&heap, (uintptr_t)second, &place));
	cr_assert(eq(uint, place.number, 2));
	heap_free(&heap, second, 0, 0);
	cr_assert(heap_find(&heap, (uintptr_t)second, &place));
	cr_assert(place.freed);
}

Test(heap, finds_nothing_between_and_outside_of_blocks)
{
	struct heap_place place;
	uint8_t *block = allocate(5, 16);

	allocate(5, 16);
	cr_assert(not(heap_find(&heap, (uintptr_t)block + 16, &place)));
	cr_assert(not(heap_find(&heap, (uintptr_t)block - 1, &place)));
	cr_assert(not(heap_find(&heap, (uintptr_t)&place, &place)));
	cr_assert(not(heap_find(&heap, LAYOUT_HEAP, &place)));
	cr_assert(not(heap_find(&heap, UINTPTR_MAX, &place)));
}

Test(heap, an_address_can_be_found_again)
{
	uint8_t *block = allocate(7, 40);

	cr_assert(eq(sz, heap_address(&heap, 7, 1, 12), (uintptr_t)block + 12));
	cr_assert(eq(sz, heap_address(&heap, 7, 2, 0), 0));
	cr_assert(eq(sz, heap_address(&heap, 7, 0, 0), 0));
	cr_assert(eq(sz, heap_address(&heap, 8, 1, 0), 0));
	cr_assert(eq(sz, heap_address(&heap, LAYOUT_SLOTS, 1, 0), 0));
}

Test(heap, restoring_its_pages_rewinds_it)
{
	uint8_t *before = allocate(0, 100);
	uint8_t *freed = allocate(0, 100);
	uint8_t *after;

	faults_heat(&pages);
	pages_protect(&pages);
	heap_free(&heap, freed, 0, 0);
	after = allocate(0, 100);
	after[50] = 1;
	/* Of a slot that was never used before, and larger than what is
	 * mapped. */
	allocate(1, (size_t)1 << 20)[1000000] = 1;
	pages_restore(&pages, 0);
	cr_assert(eq(int, heap_free(&heap, freed, 0, 0), HEAP_FREED));
	cr_assert(eq(ptr, allocate(0, 100), after));
	cr_assert(eq(u8, after[50], 0));
	cr_assert(eq(u8, allocate(1, (size_t)1 << 20)[1000000], 0));
	cr_assert(eq(int, heap_free(&heap, before, 0, 0), HEAP_FREED));
}
