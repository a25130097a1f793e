/*
 * explorer/runtime/visible.c
 */
#include "runtime/visible.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static struct visible visible;

static void set_up(void)
{
	visible_init(&visible);
}

TestSuite(visible, .init = set_up);

Test(visible, granule_mask_covers_the_bytes_of_a_range)
{
	cr_assert(eq(u8, granule_mask(10, 80, 8), 0xff));
	cr_assert(eq(u8, granule_mask(10, 80, 1), 0x01));
	cr_assert(eq(u8, granule_mask(10, 87, 1), 0x80));
	cr_assert(eq(u8, granule_mask(10, 84, 100), 0xf0));
	cr_assert(eq(u8, granule_mask(10, 70, 14), 0x0f));
	cr_assert(eq(u8, granule_mask(10, 0, 1000), 0xff));
	cr_assert(eq(u8, granule_mask(10, 82, 3), 0x1c));
}

Test(visible, ranges_are_kept_by_the_byte)
{
	visible_add_range(&visible, 805, 10); /* 805 .. 814 */
	for (uintptr_t address = 790; address < 830; address++)
		cr_assert(eq(int, visible_overlaps(&visible, address, 1),
			     address >= 805 && address <= 814));
	cr_assert(visible_overlaps(&visible, 0, 806));
	cr_assert(not(visible_overlaps(&visible, 0, 805)));
	cr_assert(visible_overlaps(&visible, 814, 1000));
	cr_assert(not(visible_overlaps(&visible, 810, 0)));
}

Test(visible, long_ranges_are_looked_at_from_the_other_side)
{
	visible_add_range(&visible, 8000005, 3);
	for (size_t bytes = 2000; bytes < 200000; bytes *= 3) {
		cr_assert(visible_overlaps(&visible, 8000007, bytes));
		cr_assert(not(visible_overlaps(&visible, 8000008, bytes)));
		cr_assert(visible_overlaps(&visible, 8000006 - bytes, bytes));
		cr_assert(not(
			visible_overlaps(&visible, 8000005 - bytes, bytes)));
	}
}

Test(visible, an_empty_range_adds_nothing)
{
	visible_add_range(&visible, 805, 0);
	cr_assert(eq(sz, visible.count, 0));
}

Test(visible, adding_tells_whether_the_set_grew)
{
	cr_assert(visible_add(&visible, 100, 0x0f));
	cr_assert(not(visible_add(&visible, 100, 0x03)));
	cr_assert(visible_add(&visible, 100, 0x10));
	cr_assert(eq(u8, visible_mask(&visible, 100, 0xff), 0x1f));
	cr_assert(eq(u8, visible_mask(&visible, 100, 0xf0), 0x10));
	cr_assert(eq(u8, visible_mask(&visible, 101, 0xff), 0));
}

Test(visible, granules_are_numbered_in_the_order_they_came)
{
	for (uintptr_t i = 0; i < 1000; i++)
		visible_add(&visible, 5000 - i, 1);
	visible_add(&visible, 4500, 0xff);
	for (uintptr_t i = 0; i < 1000; i++)
		cr_assert(eq(uint, visible_number(&visible, 5000 - i),
			     (uint32_t)i));
	cr_assert(eq(uint, visible_number(&visible, 9999), GRANULE_NONE));
}

Test(visible, filter_never_denies_a_visible_granule)
{
	for (uintptr_t i = 1; i < 1000; i++)
		visible_add(&visible, i * 0x1234567, 1);
	for (uintptr_t i = 1; i < 1000; i++)
		cr_assert(visible_maybe(&visible, i * 0x1234567));
	cr_assert(not(visible_maybe(&visible, 2)));
}

/* Granules that share a place in the filter are told apart. */
Test(visible, several_granules_may_share_a_place)
{
	for (uintptr_t i = 0; i < 4; i++)
		visible_add(&visible, 7 + i * VISIBLE_FILTER_PLACES,
			    (uint8_t)(1U << i));
	for (uintptr_t i = 0; i < 4; i++) {
		uintptr_t granule = 7 + i * VISIBLE_FILTER_PLACES;

		cr_assert(eq(uint, visible_number(&visible, granule),
			     (uint32_t)i));
		cr_assert(eq(u8, visible_mask(&visible, granule, 0xff),
			     (uint8_t)(1U << i)));
	}
	cr_assert(eq(uint,
		     visible_number(&visible, 7 + 4 * VISIBLE_FILTER_PLACES),
		     GRANULE_NONE));
}

/* Two granules that share a place of the filter. */
Test(visible, filter_does_not_decide_alone)
{
	visible_add(&visible, 7, 0xff);
	cr_assert(visible_maybe(&visible, 7 + VISIBLE_FILTER_PLACES));
	cr_assert(not(visible_overlaps(&visible,
				       (7 + VISIBLE_FILTER_PLACES) * 8, 8)));
}

Test(visible, cleared_is_empty)
{
	visible_add_range(&visible, 800, 8);
	visible_add_pending(&visible,
			    &(struct visible_pending){.number = 1, .bytes = 1});
	visible.clock_is_read = true;
	visible.version = 3;
	visible_clear(&visible);
	cr_assert(not(visible_overlaps(&visible, 800, 8)));
	cr_assert(not(visible_maybe(&visible, 100)));
	cr_assert(not(visible.clock_is_read));
	cr_assert(eq(sz, visible.pending_count, 0));
	cr_assert(eq(uint, visible.version, 0));
	visible_add(&visible, 55, 1);
	cr_assert(eq(uint, visible_number(&visible, 55), 0));
}

Test(visible, a_block_becomes_visible_when_it_comes)
{
	visible_add_pending(&visible, &(struct visible_pending){.slot = 1,
								.number = 2,
								.offset = 4,
								.bytes = 4});
	visible_add_pending(
		&visible,
		&(struct visible_pending){.slot = 1, .number = 3, .bytes = 8});
	visible_add_pending(&visible, &(struct visible_pending){.slot = 1,
								.number = 2,
								.offset = 16,
								.bytes = 1});
	visible_place_block(&visible, 2, 2, 8000);
	cr_assert(eq(sz, visible.count, 0));
	visible_place_block(&visible, 1, 2, 8000);
	cr_assert(visible_overlaps(&visible, 8004, 4));
	cr_assert(visible_overlaps(&visible, 8016, 1));
	cr_assert(not(visible_overlaps(&visible, 8000, 4)));
	cr_assert(eq(sz, visible.pending_left, 1));
	cr_assert(eq(ptr, (void *)visible_placed(&visible, 8007),
		     &visible.pending[0]));
	cr_assert(eq(ptr, (void *)visible_placed(&visible, 8008), NULL));
	cr_assert(eq(ptr, (void *)visible_placed(&visible, 0), NULL));
	cr_assert(visible_place_block(&visible, 1, 3, 9000));
	cr_assert(visible_overlaps(&visible, 9000, 1));
	cr_assert(eq(sz, visible.pending_left, 0));
	/* In the next execution it comes again. */
	cr_assert(not(visible_place_block(&visible, 1, 3, 9000)));
}
