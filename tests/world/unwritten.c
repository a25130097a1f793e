/*
 * explorer/world/unwritten.c
 */
#include "world/unwritten.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

static struct pages pages;
static struct heap heap;

static void set_up(void)
{
	heap_init(&heap, &pages);
	heap.notes_unwritten = true;
}

TestSuite(unwritten, .init = set_up);

static uintptr_t allocate(size_t bytes)
{
	void *block = heap_allocate(&heap, 1, bytes, 16, 0);

	cr_assert(ne(ptr, block, NULL));
	unwritten_begin(&heap, (uintptr_t)block, bytes);
	return (uintptr_t)block;
}

Test(unwritten, a_new_block_is_unwritten_up_to_its_end)
{
	uintptr_t block = allocate(21);

	cr_assert(eq(sz, unwritten_count(&heap, block, 21), 21));
	cr_assert(eq(sz, unwritten_count(&heap, block + 16, 8), 5));
	cr_assert(eq(sz, unwritten_count(&heap, block - 8, 8), 0));
}

Test(unwritten, what_is_written_is_not)
{
	uintptr_t block = allocate(40);

	unwritten_end(&heap, block + 3, 10);
	cr_assert(eq(sz, unwritten_count(&heap, block, 40), 30));
	cr_assert(eq(sz, unwritten_count(&heap, block + 3, 10), 0));
	cr_assert(eq(sz, unwritten_count(&heap, block + 2, 12), 2));
	unwritten_end(&heap, block, 40);
	cr_assert(eq(sz, unwritten_count(&heap, block, 40), 0));
}

Test(unwritten, copies_are_as_unwritten_as_what_was_copied)
{
	uintptr_t from = allocate(32);
	uintptr_t to = allocate(32);

	unwritten_end(&heap, from + 5, 7);
	unwritten_end(&heap, to, 32);
	memcpy((void *)(to + 1), (void *)from, 16);
	unwritten_copy(&heap, to + 1, from, 16);
	cr_assert(eq(sz, unwritten_count(&heap, to, 1), 0));
	cr_assert(eq(sz, unwritten_count(&heap, to + 1, 5), 5));
	cr_assert(eq(sz, unwritten_count(&heap, to + 6, 7), 0));
	cr_assert(eq(sz, unwritten_count(&heap, to + 13, 4), 4));
	cr_assert(eq(sz, unwritten_count(&heap, to + 17, 15), 0));
}

Test(unwritten, ranges_that_overlap_are_copied_as_a_whole)
{
	uintptr_t block = allocate(32);

	unwritten_end(&heap, block, 4);
	memmove((void *)(block + 2), (void *)block, 8);
	unwritten_copy(&heap, block + 2, block, 8);
	cr_assert(eq(sz, unwritten_count(&heap, block, 6), 0));
	cr_assert(eq(sz, unwritten_count(&heap, block + 6, 26), 26));
	memmove((void *)block, (void *)(block + 4), 8);
	unwritten_copy(&heap, block, block + 4, 8);
	cr_assert(eq(sz, unwritten_count(&heap, block, 2), 0));
	cr_assert(eq(sz, unwritten_count(&heap, block + 2, 6), 6));
}

/* Who is not seen writing leaves other bytes than those of the filling; where
 * it happens to write the same, what lies beside it tells. */
Test(unwritten, what_was_written_unseen_is_noticed)
{
	uintptr_t block = allocate(32);
	const uint8_t bytes[] = {1, UNWRITTEN_FILL, 3, 4};

	memcpy((void *)block, bytes, sizeof(bytes));
	cr_assert(eq(sz, unwritten_count(&heap, block + 1, 1), 0));
	cr_assert(eq(sz, unwritten_count(&heap, block, 4), 0));
	cr_assert(eq(sz, unwritten_count(&heap, block + 8, 4), 4));
}

Test(unwritten, blocks_from_before_are_written)
{
	uint8_t *block = heap_allocate(&heap, 2, 64, 16, 0);

	cr_assert(eq(sz, unwritten_count(&heap, (uintptr_t)block, 64), 0));
	unwritten_end(&heap, (uintptr_t)block, 64);
	cr_assert(eq(sz, unwritten_count(&heap, (uintptr_t)block, 64), 0));
}
