/*
 * explorer/world/pages.c
 */
#include "world/pages.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "world/fault.h"
#include "world/layout.h"

#define COUNT 8U

/* Some pages, registered; page(n)[0] tells which one it is. */
static struct pages pages;
static volatile uint8_t *memory;

static volatile uint8_t *page(unsigned number)
{
	return memory + (size_t)number * PAGE_BYTES;
}

static void set_up(void)
{
	memory = pages_new(COUNT);
	for (unsigned i = 0; i < COUNT; i++)
		page(i)[0] = (uint8_t)i;
	pages_add(&pages, (void *)memory, COUNT * PAGE_BYTES);
	faults_heat(&pages);
}

TestSuite(pages, .init = set_up);

Test(pages, restoring_undoes_writes)
{
	pages_protect(&pages);
	page(2)[0] = 99;
	page(7)[PAGE_BYTES - 1] = 99;
	pages_restore(&pages, 0);
	cr_assert(eq(u8, page(2)[0], 2));
	cr_assert(eq(u8, page(7)[PAGE_BYTES - 1], 0));
}

Test(pages, wake_when_they_are_written)
{
	pages_protect(&pages);
	page(2)[0] = 50;
	page(5)[0] = 51;
	cr_assert(eq(sz, pages.awake_count, 2));
	pages_rest(&pages, 0);
	cr_assert(eq(sz, pages.awake_count, 1));
	cr_assert(eq(u8, page(2)[0], 50));
	page(2)[0] = 52;
	cr_assert(eq(uint, faults_handled(), 3));
	cr_assert(eq(sz, pages.awake_count, 2));
	cr_assert(eq(u8, page(2)[0], 52));
}

Test(pages, that_rest_are_restored)
{
	pages_protect(&pages);
	page(2)[0] = 50;
	page(5)[0] = 51;
	pages_protect(&pages);
	page(2)[0] = 60;
	pages_rest(&pages, 0);
	pages_restore(&pages, 1);
	cr_assert(eq(u8, page(2)[0], 50));
	pages_rest(&pages, 0);
	pages_restore(&pages, 0);
	cr_assert(eq(u8, page(2)[0], 2));
	cr_assert(eq(u8, page(5)[0], 5));
	cr_assert(eq(sz, pages.awake_count, 2));
}

Test(pages, the_kernel_writes_to_do_not_rest)
{
	pages_protect(&pages);
	pages_expect(&pages, (uintptr_t)page(4), 8);
	pages_rest(&pages, 0);
	cr_assert(eq(sz, pages.awake_count, 1));
}

Test(pages, restores_again_and_again)
{
	pages_protect(&pages);
	for (unsigned i = 0; i < 100; i++) {
		page(1)[0] = (uint8_t)(i + 50);
		page(2)[i] = 1;
		pages_restore(&pages, 0);
		cr_assert(eq(u8, page(1)[0], 1));
		cr_assert(eq(u8, page(2)[i], i == 0 ? 2 : 0));
	}
	cr_assert(eq(uint, faults_handled(), 2));
}

Test(pages, only_written_pages_are_hot)
{
	unsigned sum = 0;

	pages_protect(&pages);
	for (unsigned i = 0; i < COUNT; i++)
		sum += page(i)[0];
	cr_assert(eq(uint, sum, 28));
	cr_assert(eq(sz, pages_hot_bytes(&pages), 0));
	page(5)[0] = 1;
	cr_assert(eq(sz, pages_hot_bytes(&pages), PAGE_BYTES));
}

Test(pages, pages_in_a_row_are_heated_together)
{
	pages_protect(&pages);
	for (unsigned i = 0; i < COUNT; i++)
		page(i)[0] = 99;
	cr_assert(lt(uint, faults_handled(), COUNT));
	pages_restore(&pages, 0);
	for (unsigned i = 0; i < COUNT; i++)
		cr_assert(eq(u8, page(i)[0], i));
}

Test(pages, a_run_stops_at_a_hot_page)
{
	pages_protect(&pages);
	page(3)[0] = 99;
	page(0)[0] = 99;
	page(1)[0] = 99;
	page(2)[0] = 99;
	page(4)[0] = 99;
	pages_restore(&pages, 0);
	for (unsigned i = 0; i < COUNT; i++)
		cr_assert(eq(u8, page(i)[0], i));
}

Test(pages, upper_level_restores_to_its_own_beginning)
{
	pages_protect(&pages);
	page(1)[0] = 11;
	page(2)[0] = 12;
	pages_protect(&pages);
	page(1)[0] = 21;
	page(3)[0] = 23;
	pages_restore(&pages, 1);
	cr_assert(eq(u8, page(1)[0], 11));
	cr_assert(eq(u8, page(2)[0], 12));
	cr_assert(eq(u8, page(3)[0], 3));
}

Test(pages, lower_level_undoes_what_both_wrote)
{
	pages_protect(&pages);
	page(1)[0] = 11;
	page(2)[0] = 12;
	pages_protect(&pages);
	page(1)[0] = 21;
	page(3)[0] = 23;
	pages_restore(&pages, 0);
	for (unsigned i = 0; i < COUNT; i++)
		cr_assert(eq(u8, page(i)[0], i));
	cr_assert(eq(uint, pages.level_count, 1));
}

/* What was hot in either level is writable, so it must be restored as well. */
Test(pages, dropping_a_level_loses_no_hot_page)
{
	pages_protect(&pages);
	page(1)[0] = 11;
	pages_protect(&pages);
	page(3)[0] = 23;
	pages_restore(&pages, 0);
	page(1)[0] = 31;
	page(3)[0] = 33;
	page(4)[0] = 34;
	pages_restore(&pages, 0);
	for (unsigned i = 0; i < COUNT; i++)
		cr_assert(eq(u8, page(i)[0], i));
}

Test(pages, a_level_can_begin_again)
{
	pages_protect(&pages);
	for (unsigned i = 0; i < 20; i++) {
		page(i % COUNT)[1] = 10;
		pages_protect(&pages);
		page(i % COUNT)[1] = 20;
		page((i + 1) % COUNT)[1] = 20;
		pages_restore(&pages, 1);
		cr_assert(eq(u8, page(i % COUNT)[1], 10));
		cr_assert(eq(u8, page((i + 1) % COUNT)[1], 0));
		pages_restore(&pages, 0);
		for (unsigned j = 0; j < COUNT; j++)
			cr_assert(eq(u8, page(j)[1], 0));
	}
}

Test(pages, loading_goes_back_to_the_saved)
{
	uint8_t saved[2 * PAGE_BYTES];
	size_t bytes;

	pages_protect(&pages);
	page(1)[0] = 11;
	page(6)[0] = 16;
	bytes = pages_hot_bytes(&pages);
	cr_assert(eq(sz, bytes, sizeof(saved)));
	pages_save(&pages, saved);
	page(1)[0] = 21;
	page(3)[0] = 23; /* hot only after saving */
	pages_load(&pages, saved, bytes);
	cr_assert(eq(u8, page(1)[0], 11));
	cr_assert(eq(u8, page(6)[0], 16));
	cr_assert(eq(u8, page(3)[0], 3));
}

Test(pages, equal_contents_have_equal_digests)
{
	uint64_t before;
	uint64_t changed;

	pages_protect(&pages);
	before = pages_digest(&pages);
	page(1)[0] = 11;
	page(5)[0] = 15;
	changed = pages_digest(&pages);
	cr_assert(ne(u64, changed, before));
	/* Hot, but as it was. */
	page(1)[0] = 1;
	page(5)[0] = 5;
	cr_assert(eq(u64, pages_digest(&pages), before));
	/* The other way round. */
	page(5)[0] = 15;
	page(1)[0] = 11;
	cr_assert(eq(u64, pages_digest(&pages), changed));
}

Test(pages, digests_tell_pages_apart)
{
	uint64_t first;

	pages_protect(&pages);
	page(1)[1] = 1;
	first = pages_digest(&pages);
	page(1)[1] = 0;
	page(2)[1] = 1;
	cr_assert(ne(u64, pages_digest(&pages), first));
}

Test(pages, memory_added_later_is_zero_after_restoring)
{
	volatile uint8_t *later = pages_new(2);

	pages_protect(&pages);
	mprotect((void *)later, (size_t)2 * PAGE_BYTES, PROT_READ);
	pages_add(&pages, (void *)later, (size_t)2 * PAGE_BYTES);
	later[0] = 5;
	later[PAGE_BYTES] = 6;
	pages_restore(&pages, 0);
	cr_assert(eq(u8, later[0], 0));
	cr_assert(eq(u8, later[PAGE_BYTES], 0));
}

Test(pages, hold_what_lies_in_one_range)
{
	const uintptr_t start = (uintptr_t)memory;
	const uintptr_t end = start + COUNT * PAGE_BYTES;

	cr_assert(pages_hold(&pages, start, COUNT * PAGE_BYTES));
	cr_assert(pages_hold(&pages, end - 1, 1));
	cr_assert(not(pages_hold(&pages, end - 1, 2)));
	cr_assert(not(pages_hold(&pages, end, 1)));
	cr_assert(not(pages_hold(&pages, start - 1, 1)));
}

Test(pages, ranges_that_touch_are_one)
{
	struct pages two = {0};
	const uintptr_t start = (uintptr_t)memory;

	pages_add(&two, (void *)memory, PAGE_BYTES);
	pages_add(&two, (void *)page(1), PAGE_BYTES);
	cr_assert(pages_hold(&two, start + PAGE_BYTES - 4, 8));
}

Test(pages, only_cold_pages_of_a_range_can_be_heated)
{
	cr_assert(not(pages_heat(&pages, (uintptr_t)memory)));
	pages_protect(&pages);
	cr_assert(pages_heat(&pages, (uintptr_t)memory + 5));
	cr_assert(not(pages_heat(&pages, (uintptr_t)memory + 5)));
	cr_assert(not(pages_heat(&pages, (uintptr_t)&pages)));
	cr_assert(not(pages_heat(&pages, 0)));
}

/* Random writes, protections, restores: always what a plain copy says. */
Test(pages, agrees_with_plain_copies)
{
	static uint8_t levels[PAGES_LEVELS][COUNT];
	static uint8_t now[COUNT];

	for (unsigned i = 0; i < COUNT; i++)
		now[i] = (uint8_t)i;
	srand(1);
	for (unsigned i = 0; i < 5000; i++) {
		unsigned number = (unsigned)rand() % COUNT;
		unsigned action = (unsigned)rand() % 20;

		if (action == 0 && pages.level_count < PAGES_LEVELS) {
			memcpy(levels[pages.level_count], now, COUNT);
			pages_protect(&pages);
		} else if (action == 1 && pages.level_count > 0) {
			unsigned level = (unsigned)rand() % pages.level_count;

			pages_restore(&pages, level);
			memcpy(now, levels[level], COUNT);
		} else {
			page(number)[0] = now[number] = (uint8_t)rand();
		}
		for (unsigned j = 0; j < COUNT; j++)
			cr_assert(eq(u8, page(j)[0], now[j]));
	}
}
