/*
 * explorer/world/stacks.c
 */
#include "world/stacks.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>

static struct stacks stacks;

Test(stacks, each_slot_has_its_place)
{
	uint8_t *first = stacks_low(&stacks, 0, STACK_BYTES);
	uint8_t *second = stacks_low(&stacks, 1, STACK_BYTES);
	uint8_t *last = stacks_low(&stacks, LAYOUT_SLOTS - 1, STACK_BYTES);

	cr_assert(ge(sz, (size_t)(second - first), STACK_BYTES));
	cr_assert(eq(ptr, stacks_low(&stacks, 0, STACK_BYTES), first));
	first[0] = first[STACK_BYTES - 1] = 1;
	last[0] = last[STACK_BYTES - 1] = 1;
	cr_assert(eq(sz, stacks_top(0), (uintptr_t)first + STACK_BYTES));
}

Test(stacks, know_whose_an_address_is)
{
	uintptr_t low = (uintptr_t)stacks_low(&stacks, 3, STACK_BYTES);

	cr_assert(eq(u64, stacks_slot(low), 3));
	cr_assert(eq(u64, stacks_slot(stacks_top(3) - 1), 3));
	/* The guard below belongs to the stack that overflows into it. */
	cr_assert(eq(u64, stacks_slot(low - 1), 3));
	cr_assert(eq(u64, stacks_slot(low - ((uintptr_t)200 << 20)), 3));
	cr_assert(ge(u64, stacks_slot((uintptr_t)&stacks), LAYOUT_SLOTS));
	cr_assert(ge(u64, stacks_slot(0), LAYOUT_SLOTS));
}

Test(stacks, hold_mapped_bytes_only)
{
	uintptr_t low = (uintptr_t)stacks_low(&stacks, 3, STACK_BYTES);

	cr_assert(stacks_hold(&stacks, low, STACK_BYTES));
	cr_assert(not(stacks_hold(&stacks, low, STACK_BYTES + 1)));
	cr_assert(not(stacks_hold(&stacks, low - 1, 1)));
	cr_assert(not(stacks_hold(&stacks, stacks_top(3), 1)));
	cr_assert(not(stacks_hold(&stacks, stacks_top(2) - 8, 8)));
	cr_assert(not(stacks_hold(&stacks, (uintptr_t)&stacks, 1)));
}

Test(stacks, end_in_a_guard, .signal = SIGSEGV)
{
	volatile uint8_t *low = stacks_low(&stacks, 3, STACK_BYTES);

	low[0] = 1;
	low[-1] = 1;
}

Test(stacks, begin_below_a_guard, .signal = SIGSEGV)
{
	volatile uint8_t *low = stacks_low(&stacks, 3, STACK_BYTES);

	stacks_low(&stacks, 4, STACK_BYTES);
	low[STACK_BYTES] = 1;
}

Test(stacks, grow_where_more_is_asked_for)
{
	uintptr_t small = (uintptr_t)stacks_low(&stacks, 5, PAGE_BYTES);
	volatile uint8_t *low;

	cr_assert(eq(sz, stacks_top(5) - small, PAGE_BYTES));
	cr_assert(not(stacks_hold(&stacks, small - 1, 1)));
	low = stacks_low(&stacks, 5, 3 * PAGE_BYTES);
	low[0] = 1;
	cr_assert(stacks_hold(&stacks, small - 1, 1));
	cr_assert(eq(sz, (uintptr_t)stacks_low(&stacks, 5, PAGE_BYTES), small));
	cr_assert(stacks_hold(&stacks, (uintptr_t)low, 3 * PAGE_BYTES));
}
