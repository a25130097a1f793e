/*
 * explorer/strategy/wake_table.c
 */
#include "strategy/wake_table.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static struct wake write_by(uint32_t slot, uintptr_t address)
{
	return (struct wake){
		.operation = {.op = OP_WRITE, .address = address, .bytes = 4},
		.slot = slot};
}

Test(wake_table, equal_events_are_kept_once)
{
	struct wake_table table = {0};
	const struct wake wake = write_by(1, 64);
	const struct wake same = write_by(1, 64);
	const uint32_t number = wake_table_keep(&table, &wake);

	cr_assert(eq(u32, wake_table_keep(&table, &same), number));
	wake_table_fini(&table);
}

Test(wake_table, events_that_differ_are_kept_apart)
{
	struct wake_table table = {0};
	const struct wake wakes[] = {write_by(1, 64), write_by(2, 64),
				     write_by(1, 72)};
	uint32_t numbers[3];

	for (unsigned i = 0; i < 3; i++)
		numbers[i] = wake_table_keep(&table, &wakes[i]);
	for (unsigned i = 0; i < 3; i++) {
		const struct wake *kept = wake_table_at(&table, numbers[i]);

		cr_assert(eq(u32, kept->slot, wakes[i].slot));
		cr_assert(eq(u64, kept->operation.address,
			     wakes[i].operation.address));
	}
	wake_table_fini(&table);
}

/* Results of one operation are events of their own. */
Test(wake_table, results_are_kept_apart)
{
	struct wake_table table = {0};
	struct wake wake = write_by(1, 64);
	const uint32_t number = wake_table_keep(&table, &wake);

	wake.alternative = 1;
	cr_assert(ne(u32, wake_table_keep(&table, &wake), number));
	wake_table_fini(&table);
}

Test(wake_table, what_is_used_keeps_its_number_while_others_come)
{
	struct wake_table table = {0};
	uint32_t numbers[1000];

	for (uint32_t i = 0; i < 1000; i++) {
		const struct wake wake = write_by(i, 64);

		numbers[i] = wake_table_keep(&table, &wake);
	}
	for (uint32_t i = 0; i < 1000; i++)
		cr_assert(eq(u32, wake_table_at(&table, numbers[i])->slot, i));
	wake_table_fini(&table);
}

/* For as long as a search runs, events come that never come again. */
Test(wake_table, what_nobody_uses_makes_room)
{
	struct wake_table table = {0};
	const struct wake kept = write_by(7, 64);
	const uint32_t number = wake_table_keep(&table, &kept);

	for (uint32_t i = 0; i < 100000; i++) {
		const struct wake wake = write_by(1, 64 + 8 * (uintptr_t)i);

		wake_table_release(&table, wake_table_keep(&table, &wake));
	}
	cr_assert(le(sz, table.capacity, 1000));
	cr_assert(eq(u32, wake_table_at(&table, number)->slot, 7));
	cr_assert(eq(u32, wake_table_keep(&table, &kept), number));
	wake_table_fini(&table);
}
