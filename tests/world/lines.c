/*
 * explorer/world/lines.c
 */
#include "world/lines.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

/* Of every number of lines, each byte's difference is seen in its line. */
Test(lines, differ_where_a_byte_does)
{
	static uint8_t one[LINES_MAX * LINE_BYTES];
	static uint8_t other[LINES_MAX * LINE_BYTES];

	for (size_t count = 1; count <= LINES_MAX; count++) {
		cr_assert(eq(u64, lines_differing(one, other, count), 0));
		for (size_t at = count % 7; at < sizeof(one); at += 7) {
			uint64_t expected = UINT64_C(1) << at / LINE_BYTES;

			one[at] = 1;
			cr_assert(eq(u64, lines_differing(one, other, count),
				     at < count * LINE_BYTES ? expected : 0));
			one[at] = 0;
		}
	}
}

Test(lines, several_differ)
{
	uint8_t one[6 * LINE_BYTES] = {0};
	uint8_t other[6 * LINE_BYTES] = {0};

	other[LINE_BYTES - 1] = 1;
	one[3 * LINE_BYTES] = 2;
	one[5 * LINE_BYTES + 20] = 3;
	cr_assert(eq(u64, lines_differing(one, other, 6), 1 | 8 | 32));
}

/* A single byte anywhere among them is seen, and none beyond them is. */
Test(lines, are_zero_but_for_a_byte)
{
	uint8_t bytes[9 * LINE_BYTES] = {0};

	for (size_t count = 1; count <= 8; count++)
		for (size_t at = 0; at < sizeof(bytes); at++) {
			bytes[at] = 1;
			cr_assert(eq(int, lines_are_zero(bytes, count),
				     at >= count * LINE_BYTES));
			bytes[at] = 0;
		}
}
