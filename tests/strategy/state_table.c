/*
 * explorer/strategy/state_table.c: whatever grows, no state is lost, nor what
 * stands with it.
 */
#include "strategy/state_table.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/* Several segments of 2 MiB, at 16 bytes a state. */
#define STATES UINT64_C(400000)

static struct digest state(uint64_t number)
{
	return (struct digest){.low = hash_mix(number, 1),
			       .high = hash_mix(number, 2)};
}

/* What the test has each one stand with. */
static uint32_t value(uint64_t number)
{
	return (uint32_t)(number * 7 + 1);
}

static void fill(struct state_table *table)
{
	state_table_init(table);
	for (uint64_t i = 0; i < STATES; i++) {
		bool is_new;

		*state_table_put(table, state(i), &is_new) = value(i);
		cr_assert(is_new, "%lu", i);
	}
}

Test(state_table, keeps_each_state_while_it_grows)
{
	struct state_table table;

	fill(&table);
	cr_assert(gt(u64, table.segments, 2));
	cr_assert(eq(u64, table.count, STATES));
	for (uint64_t i = 0; i < STATES; i++) {
		const uint32_t *found = state_table_get(&table, state(i));

		cr_assert(ne(ptr, (void *)found, NULL), "%lu", i);
		cr_assert(eq(u32, *found, value(i)), "%lu", i);
	}
	state_table_fini(&table);
}

Test(state_table, knows_what_it_has_and_what_it_has_not)
{
	struct state_table table;
	bool is_new;

	fill(&table);
	for (uint64_t i = 0; i < STATES; i += 1000) {
		state_table_put(&table, state(i), &is_new);
		cr_assert(not(is_new), "%lu", i);
	}
	for (uint64_t i = STATES; i < 2 * STATES; i++)
		cr_assert(eq(ptr, state_table_get(&table, state(i)), NULL),
			  "%lu", i);
	cr_assert(eq(u64, table.count, STATES));
	state_table_fini(&table);
}

Test(state_table, begins_empty_with_the_value_0)
{
	struct state_table table;
	bool is_new;

	state_table_init(&table);
	cr_assert(eq(ptr, state_table_get(&table, state(1)), NULL));
	cr_assert(zero(u32, *state_table_put(&table, state(1), &is_new)));
	cr_assert(is_new);
	cr_assert(eq(u64, table.count, 1));
	state_table_fini(&table);
}
