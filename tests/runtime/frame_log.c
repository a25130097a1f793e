/*
 * Which frame it was that a part of a stack was last part of.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "runtime/frame_log.h"

#define STACK ((uintptr_t)0x400000100000)

static struct frame_log log_;

static void add(uintptr_t place, uintptr_t low, uintptr_t top)
{
	frame_log_add(&log_,
		      &(struct ended_frame){.place = place, .top = STACK + top},
		      STACK + low);
}

static uintptr_t place_at(uintptr_t offset)
{
	return frame_log_find(&log_, STACK + offset).place;
}

Test(frame_log, knows_the_last_frame_that_ended_there)
{
	add(1, 64, 128);
	add(2, 128, 192);
	add(3, 96, 128);
	cr_expect(eq(ulong, place_at(64), 1));
	cr_expect(eq(ulong, place_at(95), 1));
	cr_expect(eq(ulong, place_at(96), 3));
	cr_expect(eq(ulong, place_at(127), 3));
	cr_expect(eq(ulong, place_at(128), 2));
	cr_expect(eq(ulong, place_at(192), 0));
	cr_expect(
		eq(ulong, frame_log_find(&log_, STACK + 100).top, STACK + 128));
}

Test(frame_log, keeps_the_upper_part_of_a_large_frame)
{
	add(1, 0, 2 * FRAME_LOG_BYTES_MAX);
	cr_expect(eq(ulong, place_at(FRAME_LOG_BYTES_MAX - 16), 0));
	cr_expect(eq(ulong, place_at(FRAME_LOG_BYTES_MAX), 1));
}

Test(frame_log, notes_no_frame_without_a_top)
{
	frame_log_add(&log_, &(struct ended_frame){.place = 1, .top = 0},
		      STACK);
	cr_expect(eq(ulong, place_at(0), 0));
}

Test(frame_log, forgets)
{
	add(1, 64, 128);
	frame_log_clear(&log_);
	cr_expect(eq(ulong, place_at(64), 0));
}
