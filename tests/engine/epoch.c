/*
 * explorer/engine/epoch.c
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "engine/toy.h"

static struct engine *engine = &toy.engine;

static uint64_t races(void)
{
	for (size_t i = 0; i < engine->findings.count; i++)
		if (engine->findings.at[i].kind == FINDING_DATA_RACE)
			return engine->findings.at[i].count;
	return 0;
}

/* The lock hands x over, if the first thread has it first. */
ON_FIBER static void hand_over(unsigned number)
{
	if (number == 1)
		toy_write(&toy.memory->x, 1);
	toy_lock(0);
	toy_unlock(0);
	if (number == 2)
		toy_read(&toy.memory->x);
}

static void step(const char *threads)
{
	for (; *threads; threads++)
		toy_step((uint16_t)(*threads - '0'));
}

static void finish(void)
{
	toy_run_out();
	engine_finish(engine);
}

Test(epoch, lock_orders_those_who_take_it_in_turn)
{
	toy_start(2, hand_over);
	engine_begin(engine);
	step("111222");
	finish();
	cr_assert(zero(u64, races()));
}

Test(epoch, accesses_that_are_never_pending_at_a_time_race)
{
	toy_start(2, hand_over);
	engine_begin(engine);
	step("122211");
	finish();
	cr_assert(eq(u64, races(), 1));
}

Test(epoch, what_is_gone_back_behind_is_undone)
{
	toy_start(2, hand_over);
	engine_begin(engine);
	step("111222");
	finish();
	engine_rewind(engine, 1);
	step("222");
	finish();
	cr_assert(eq(u64, races(), 1));
	engine_rewind(engine, 1);
	step("11222");
	finish();
	cr_assert(eq(u64, races(), 1));
	engine_rewind(engine, 2);
	finish();
	engine_begin(engine);
	step("1222");
	finish();
	cr_assert(eq(u64, races(), 2));
}

ON_FIBER static void write_halves(unsigned number)
{
	short *halves = (short *)(void *)&toy.memory->array[0];

	runtime_announce(
		&toy.runtime,
		&(struct operation){.op = OP_WRITE,
				    .order = ORDER_PLAIN,
				    .address = (uintptr_t)(halves + number - 1),
				    .bytes = 2,
				    .place = number});
}

Test(epoch, neighbours_in_a_granule_do_not_race)
{
	toy_start(2, write_halves);
	engine_begin(engine);
	finish();
	cr_assert(zero(u64, races()));
}
