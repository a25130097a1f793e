/*
 * explorer/runtime/context.c
 */
#include "runtime/context.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static struct contexts contexts;

static void set_up(void)
{
	contexts_init(&contexts);
}

TestSuite(context, .init = set_up);

/* Creates a thread in `slot`; *creator moves on. */
static uint32_t create(uint32_t *creator, uint32_t slot)
{
	uint32_t created = contexts_create(&contexts, *creator, slot);

	*creator = contexts_after_create(&contexts, *creator);
	return created;
}

static bool ordered(uint32_t a, uint32_t b)
{
	bool one_way = contexts_ordered(&contexts, a, b);

	cr_assert(eq(int, one_way, contexts_ordered(&contexts, b, a)));
	return one_way;
}

Test(context, creation_orders_what_came_before)
{
	uint32_t main_thread = 0;
	uint32_t child = create(&main_thread, 1);

	cr_assert(ordered(0, child));
	cr_assert(not(ordered(main_thread, child)));
}

Test(context, siblings_are_not_ordered)
{
	uint32_t main_thread = 0;
	uint32_t first = create(&main_thread, 1);
	uint32_t second = create(&main_thread, 2);

	cr_assert(not(ordered(first, second)));
}

Test(context, what_lies_between_two_creations_is_ordered_with_the_second)
{
	uint32_t main_thread = 0;
	uint32_t first = create(&main_thread, 1);
	uint32_t between = main_thread;
	uint32_t second = create(&main_thread, 2);

	cr_assert(not(ordered(between, first)));
	cr_assert(ordered(between, second));
}

Test(context, joining_orders_what_comes_after)
{
	uint32_t main_thread = 0;
	uint32_t first = create(&main_thread, 1);
	uint32_t second = create(&main_thread, 2);

	main_thread = contexts_join(&contexts, main_thread, first);
	cr_assert(ordered(main_thread, first));
	cr_assert(not(ordered(main_thread, second)));
}

Test(context, a_thread_created_after_a_join_comes_after_the_joined)
{
	uint32_t main_thread = 0;
	uint32_t first = create(&main_thread, 1);
	uint32_t second;

	main_thread = contexts_join(&contexts, main_thread, first);
	second = create(&main_thread, 2);
	cr_assert(ordered(first, second));
}

Test(context, order_is_handed_on)
{
	uint32_t main_thread = 0;
	uint32_t child = create(&main_thread, 1);
	uint32_t before = child;
	uint32_t grandchild = create(&child, 2);

	cr_assert(ordered(0, grandchild));
	cr_assert(ordered(before, grandchild));
	cr_assert(not(ordered(child, grandchild)));
	cr_assert(not(ordered(main_thread, grandchild)));
	/* The child joins the grandchild, main the child. */
	child = contexts_join(&contexts, child, grandchild);
	main_thread = contexts_join(&contexts, main_thread, child);
	cr_assert(ordered(main_thread, grandchild));
}

/* What a thread does after its child was joined by another is not ordered. */
Test(context, joining_takes_no_more_than_the_joined_knew)
{
	uint32_t main_thread = 0;
	uint32_t first = create(&main_thread, 1);
	uint32_t second = create(&main_thread, 2);
	uint32_t third = create(&second, 3);

	first = contexts_join(&contexts, first, third);
	cr_assert(ordered(first, third));
	cr_assert(not(ordered(first, second)));
}

Test(context, one_thread_is_ordered_with_itself)
{
	uint32_t main_thread = 0;
	uint32_t child = create(&main_thread, 1);
	uint32_t before = child;

	create(&child, 2);
	cr_assert(ordered(child, before));
	cr_assert(ordered(0, main_thread));
	cr_assert(ordered(child, child));
}

Test(context, the_same_history_is_the_same_context)
{
	uint32_t main_thread[2] = {0, 0};
	uint32_t first[2];
	uint32_t second[2];

	for (unsigned i = 0; i < 2; i++) {
		first[i] = create(&main_thread[i], 1);
		second[i] = create(&main_thread[i], 2);
	}
	cr_assert(eq(uint, first[0], first[1]));
	cr_assert(eq(uint, second[0], second[1]));
	/* Whoever is joined first, in the end both are. */
	main_thread[0] = contexts_join(&contexts, main_thread[0], first[0]);
	main_thread[0] = contexts_join(&contexts, main_thread[0], second[0]);
	main_thread[1] = contexts_join(&contexts, main_thread[1], second[1]);
	main_thread[1] = contexts_join(&contexts, main_thread[1], first[1]);
	cr_assert(eq(uint, main_thread[0], main_thread[1]));
}

Test(context, number_of_contexts_does_not_grow_with_executions)
{
	size_t count = 0;

	for (unsigned execution = 0; execution < 50; execution++) {
		uint32_t main_thread = 0;
		uint32_t children[20];

		for (uint32_t i = 0; i < 20; i++)
			children[i] = create(&main_thread, i + 1);
		for (uint32_t i = 0; i < 20; i++)
			main_thread = contexts_join(&contexts, main_thread,
						    children[i]);
		if (execution == 0)
			count = contexts.count;
	}
	cr_assert(eq(sz, contexts.count, count));
}
