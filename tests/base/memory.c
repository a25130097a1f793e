/*
 * explorer/base/memory.c on top of memory_libc.c
 */
#include "base/memory.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static bool is_zero(const uint8_t *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (bytes[i])
			return false;
	}
	return true;
}

Test(memory, new_blocks_are_zero_and_aligned)
{
	for (size_t bytes = 0; bytes < 200; bytes += 7) {
		uint8_t *block = memory_new(bytes);

		cr_assert(ne(ptr, block, NULL));
		cr_assert(eq(sz, (uintptr_t)block % 16, 0));
		cr_assert(is_zero(block, bytes));
		memset(block, 0xff, bytes);
		memory_free(block, bytes);
	}
	memory_free(NULL, 0);
}

Test(memory, resizing_keeps_the_start_and_clears_the_rest)
{
	uint8_t *block = memory_new(10);

	memset(block, 7, 10);
	block = memory_resize(block, 10, 3);
	block = memory_resize(block, 3, 1000);
	cr_assert(block[0] == 7 && block[2] == 7);
	cr_assert(is_zero(block + 3, 997));
	memory_free(block, 1000);

	block = memory_resize(NULL, 0, 64);
	cr_assert(is_zero(block, 64));
	memory_free(block, 64);
}

Test(memory, reserve_doubles)
{
	void *items = NULL;
	size_t capacity = 0;
	size_t growths = 0;

	for (size_t needed = 1; needed <= 100000; needed++) {
		size_t before = capacity;

		memory_reserve(&items, &capacity, needed, sizeof(uint32_t));
		cr_assert(ge(sz, capacity, needed));
		growths += capacity != before;
		((uint32_t *)items)[needed - 1] = (uint32_t)needed;
	}
	cr_assert(lt(sz, growths, 20));
	for (size_t i = 0; i < 100000; i++)
		cr_assert(eq(u32, ((uint32_t *)items)[i], (uint32_t)i + 1));
	memory_free(items, capacity * sizeof(uint32_t));
}

Test(memory, running_out_ends_the_process, .exit_code = 2)
{
	memory_new(SIZE_MAX / 2);
}
