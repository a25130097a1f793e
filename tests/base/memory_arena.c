/*
 * explorer/base/memory_arena.c
 */
#include "base/memory.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>

static bool is_zero(const uint8_t *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (bytes[i])
			return false;
	return true;
}

Test(memory_arena, blocks_of_every_size_are_zero_and_aligned)
{
	for (size_t bytes = 1; bytes < (size_t)1 << 21; bytes = bytes * 3 + 1) {
		uint8_t *block = memory_new(bytes);

		cr_assert(eq(sz, (uintptr_t)block % 16, 0));
		cr_assert(is_zero(block, bytes));
		memset(block, 0xff, bytes);
		memory_free(block, bytes);
	}
}

Test(memory_arena, a_block_used_again_is_zero)
{
	for (size_t bytes = 16; bytes <= 65536; bytes *= 2) {
		uint8_t *first = memory_new(bytes);
		uint8_t *again;

		memset(first, 0xff, bytes);
		memory_free(first, bytes);
		again = memory_new(bytes);
		cr_assert(eq(ptr, again, first));
		cr_assert(is_zero(again, bytes));
	}
}

Test(memory_arena, blocks_do_not_overlap)
{
	uint8_t *blocks[300];

	for (unsigned i = 0; i < 300; i++) {
		blocks[i] = memory_new(i * 7);
		memset(blocks[i], (int)i, i * 7);
	}
	for (unsigned i = 0; i < 300; i++)
		for (unsigned j = 0; j < i * 7; j++)
			cr_assert(eq(u8, blocks[i][j], (uint8_t)i));
}

Test(memory_arena, resizing_keeps_the_start_and_clears_the_rest)
{
	uint8_t *block = memory_new(100);

	memset(block, 7, 100);
	block = memory_resize(block, 100, 100000);
	cr_assert(eq(u8, block[99], 7));
	cr_assert(is_zero(block + 100, 99900));
	block = memory_resize(block, 100000, 10);
	cr_assert(eq(u8, block[9], 7));
	memory_free(block, 10);
}

Test(memory_arena, resizing_nothing_is_new)
{
	uint8_t *block = memory_resize(NULL, 0, 50);

	cr_assert(is_zero(block, 50));
	memory_free(block, 50);
	memory_free(NULL, 50);
}

Test(memory_arena, leaves_errno_alone)
{
	errno = 1234;
	memory_free(memory_new((size_t)1 << 20), (size_t)1 << 20);
	memory_free(memory_new(10), 10);
	cr_assert(eq(int, errno, 1234));
}

Test(memory_arena, ends_large_blocks_with_a_guard, .signal = SIGSEGV)
{
	const size_t bytes = (size_t)1 << 17;
	volatile uint8_t *block = memory_new(bytes);

	block[bytes - 1] = 1;
	block[bytes] = 1;
}

Test(memory_arena, begins_large_blocks_with_a_guard, .signal = SIGSEGV)
{
	volatile uint8_t *block = memory_new((size_t)1 << 17);

	block[0] = 1;
	block[-1] = 1;
}
