/*
 * explorer/runtime/touch.c
 */
#include "runtime/touch.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#define ADDRESS ((uintptr_t)8000)

static struct contexts contexts;
static struct touches touches;
/* main before it created anybody, and after; two threads of it. */
static const uint32_t before = 0;
static uint32_t after;
static uint32_t a;
static uint32_t b;

static void set_up(void)
{
	contexts_init(&contexts);
	touches_init(&touches, &contexts);
	a = contexts_create(&contexts, before, 1);
	after = contexts_after_create(&contexts, before);
	b = contexts_create(&contexts, after, 2);
	after = contexts_after_create(&contexts, after);
}

TestSuite(touch, .init = set_up);

static void read_by(uint32_t context, uintptr_t address, size_t bytes)
{
	touches_note(&touches, context, address, bytes, false);
}

static void written_by(uint32_t context, uintptr_t address, size_t bytes)
{
	touches_note(&touches, context, address, bytes, true);
}

/* The bytes learned of the eight at `address`. */
static uint8_t learned(uintptr_t address)
{
	const uint64_t *mask = map_get(&touches.learned, address / 8);

	return mask ? (uint8_t)*mask : 0;
}

Test(touch, two_writes_are_learned)
{
	written_by(a, ADDRESS, 4);
	cr_assert(eq(u64, touches.grown, 0));
	written_by(b, ADDRESS, 4);
	cr_assert(eq(u8, learned(ADDRESS), 0x0f));
	cr_assert(eq(u64, touches.grown, 1));
}

Test(touch, a_read_and_a_write_are_learned_in_either_order)
{
	read_by(a, ADDRESS, 4);
	written_by(b, ADDRESS, 4);
	cr_assert(eq(u8, learned(ADDRESS), 0x0f));
	written_by(a, ADDRESS + 8, 4);
	read_by(b, ADDRESS + 8, 4);
	cr_assert(eq(u8, learned(ADDRESS + 8), 0x0f));
}

Test(touch, two_reads_are_private)
{
	read_by(a, ADDRESS, 8);
	read_by(b, ADDRESS, 8);
	read_by(after, ADDRESS, 8);
	cr_assert(eq(u64, touches.grown, 0));
}

Test(touch, one_thread_alone_is_private)
{
	written_by(a, ADDRESS, 8);
	read_by(a, ADDRESS, 8);
	written_by(a, ADDRESS, 8);
	cr_assert(eq(u64, touches.grown, 0));
}

Test(touch, what_creation_and_joining_order_is_private)
{
	uint32_t joined = contexts_join(&contexts, after, a);

	written_by(before, ADDRESS, 8);
	written_by(a, ADDRESS, 8);
	written_by(joined, ADDRESS, 8);
	cr_assert(eq(u64, touches.grown, 0));
	written_by(after, ADDRESS, 8);
	cr_assert(eq(u8, learned(ADDRESS), 0xff));
}

Test(touch, what_main_does_at_first_takes_no_room)
{
	written_by(before, ADDRESS, 1000);
	written_by(before, ADDRESS, 100000);
	cr_assert(eq(sz, touches.count, 0));
	cr_assert(eq(sz, touches.range_count, 0));
}

Test(touch, only_common_bytes_are_learned)
{
	written_by(a, ADDRESS, 4);
	written_by(b, ADDRESS + 4, 4);
	cr_assert(eq(u64, touches.grown, 0));
	written_by(b, ADDRESS + 2, 4);
	cr_assert(eq(u8, learned(ADDRESS), 0x0c));
}

/* A read of a has met nobody; what it wrote meets b's read. */
Test(touch, a_later_write_of_the_same_context_is_compared)
{
	read_by(a, ADDRESS, 4);
	read_by(b, ADDRESS, 4);
	written_by(a, ADDRESS, 4);
	cr_assert(eq(u8, learned(ADDRESS), 0x0f));
}

Test(touch, a_later_access_to_more_bytes_is_compared)
{
	written_by(a, ADDRESS, 8);
	written_by(b, ADDRESS, 1);
	written_by(b, ADDRESS, 8);
	cr_assert(eq(u8, learned(ADDRESS), 0xff));
	cr_assert(eq(u64, touches.grown, 2));
}

Test(touch, ranges_span_granules)
{
	written_by(a, ADDRESS + 6, 100);
	read_by(b, ADDRESS + 15, 2);
	cr_assert(eq(u8, learned(ADDRESS), 0));
	cr_assert(eq(u8, learned(ADDRESS + 8), 0x80));
	cr_assert(eq(u8, learned(ADDRESS + 16), 0x01));
}

Test(touch, empty_ranges_and_the_first_page_teach_nothing)
{
	written_by(a, ADDRESS, 0);
	written_by(b, ADDRESS, 0);
	written_by(a, 0, 4);
	written_by(b, 0, 4);
	cr_assert(eq(u64, touches.grown, 0));
}

Test(touch, the_clock_is_learned_once)
{
	touches_learn_clock(&touches);
	touches_learn_clock(&touches);
	cr_assert(touches.learned_clock);
	cr_assert(eq(u64, touches.grown, 1));
}

/* Executions repeat themselves: the table does not grow with them. */
Test(touch, repeated_accesses_take_no_room)
{
	written_by(a, ADDRESS, 64);
	read_by(b, ADDRESS, 64);
	size_t count = touches.count;

	for (unsigned i = 0; i < 100; i++) {
		written_by(a, ADDRESS, 64);
		read_by(b, ADDRESS + i % 60, 4);
	}
	cr_assert(eq(sz, touches.count, count));
}

/* --- Long ranges */

#define LONG ((size_t)100 << 20)

Test(touch, long_ranges_take_no_room_by_the_granule)
{
	written_by(a, ADDRESS, LONG);
	read_by(a, ADDRESS, LONG);
	for (unsigned i = 0; i < 100; i++)
		written_by(a, ADDRESS, LONG);
	cr_assert(eq(sz, touches.count, 0));
	cr_assert(eq(sz, touches.range_count, 2));
	cr_assert(eq(u64, touches.grown, 0));
}

Test(touch, a_long_range_meets_what_was_touched_in_it)
{
	read_by(b, ADDRESS + 5000, 2);
	read_by(b, ADDRESS - 8, 8);
	read_by(b, ADDRESS + LONG, 8);
	written_by(a, ADDRESS + 8000, 1);
	written_by(a, ADDRESS, LONG);
	cr_assert(eq(u8, learned(ADDRESS + 5000), 0x03));
	cr_assert(eq(u64, touches.grown, 1));
}

Test(touch, what_is_touched_meets_long_ranges)
{
	read_by(a, ADDRESS + 4, LONG);
	read_by(b, ADDRESS + 5000, 4);
	written_by(a, ADDRESS + 5000, 4);
	cr_assert(eq(u64, touches.grown, 1));
	written_by(b, ADDRESS, 8);
	cr_assert(eq(u8, learned(ADDRESS), 0xf0));
	written_by(b, ADDRESS + LONG, 8);
	cr_assert(eq(u8, learned(ADDRESS + LONG), 0x0f));
	written_by(before, ADDRESS + 16, 8);
	cr_assert(eq(u8, learned(ADDRESS + 16), 0));
}

Test(touch, long_ranges_meet_each_other)
{
	read_by(a, ADDRESS, 4096);
	read_by(b, ADDRESS + 100, 4096);
	cr_assert(eq(u64, touches.grown, 0));
	written_by(b, ADDRESS + 4084, 4096);
	cr_assert(eq(u8, learned(ADDRESS + 4080), 0xf0));
	cr_assert(eq(u8, learned(ADDRESS + 4088), 0xff));
	cr_assert(eq(u64, touches.grown, 2));
}

Test(touch, a_long_range_from_nowhere_teaches_nothing)
{
	written_by(a, 0, 4096);
	written_by(b, 0, 4096);
	cr_assert(eq(u8, learned(8), 0xff));
	cr_assert(eq(sz, touches.learned.count, 511));
}

Test(touch, keys_tell_accesses_apart)
{
	const uint64_t key = touch_key(ADDRESS, 4, false, a);

	cr_assert(ne(u64, key, touch_key(ADDRESS, 4, true, a)));
	cr_assert(ne(u64, key, touch_key(ADDRESS, 8, false, a)));
	cr_assert(ne(u64, key, touch_key(ADDRESS + 1, 4, false, a)));
	cr_assert(ne(u64, key, touch_key(ADDRESS, 4, false, b)));
	for (uintptr_t i = 0; i < 10000; i++)
		cr_assert(lt(uint,
			     touch_slot(touch_key(ADDRESS + i, 4, true, a)),
			     TOUCH_RECENT));
}

struct told {
	unsigned times;
	uintptr_t granule;
	uint8_t mask;
};

static void note_told(void *context, uintptr_t granule, uint8_t mask)
{
	struct told *told = context;

	*told = (struct told){told->times + 1, granule, mask};
}

Test(touch, what_is_learned_is_told_once_and_at_once)
{
	struct told told = {0};

	touches.told = note_told;
	touches.told_context = &told;
	written_by(a, ADDRESS, 4);
	cr_assert(eq(uint, told.times, 0));
	written_by(b, ADDRESS, 2);
	cr_assert(eq(uint, told.times, 1));
	cr_assert(eq(u64, told.granule, ADDRESS / 8));
	cr_assert(eq(u8, told.mask, 0x03));
	written_by(b, ADDRESS, 2);
	cr_assert(eq(uint, told.times, 1));
	written_by(b, ADDRESS, 4);
	cr_assert(eq(uint, told.times, 2));
}
