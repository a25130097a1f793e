/*
 * explorer/engine/deadlock.c, on programs of toy.h
 */
#include "engine/deadlock.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "engine/toy.h"
#include "runtime/mutex.h"
#include "runtime/semaphore.h"

static struct engine *const engine = &toy.engine;

/* Each operation of each thread has a place of its own. */
static uintptr_t place_of(unsigned number, unsigned operation)
{
	return 100 * number + operation;
}

ON_FIBER static void lock_and_wait(unsigned number)
{
	mutex_lock(&toy.runtime, &toy.memory->locks[0], place_of(number, 1));
	if (number != 3)
		semaphore_wait(&toy.runtime, &toy.memory->semaphore,
			       place_of(number, 2));
	mutex_unlock(&toy.runtime, &toy.memory->locks[0], place_of(number, 3));
}

static void run_first(uint16_t thread)
{
	engine_begin(engine);
	toy_step(thread);
	toy_run_out();
	cr_assert(eq(int, engine->ending.kind, END_DEADLOCK));
	engine_finish(engine);
}

/* Those that wait for one another make a deadlock; those that wait for one who
 * waits for nobody in particular do so all together. */
Test(deadlock, without_a_cycle_is_known_by_all_who_wait)
{
	toy_start(3, lock_and_wait);
	run_first(1);
	cr_assert(eq(sz, engine->findings.count, 1));
	cr_assert(eq(uint, engine->findings.at[0].part_count, 4));
	run_first(2);
	cr_assert(eq(sz, engine->findings.count, 2));
	run_first(1);
	cr_assert(eq(sz, engine->findings.count, 2));
	cr_assert(eq(u64, engine->findings.at[0].count, 2));
	cr_assert(eq(u64, engine->findings.at[1].count, 1));
}

ON_FIBER static void lock_both(unsigned number)
{
	unsigned first = number == 2;

	if (number == 3) {
		toy_lock(0);
		return;
	}
	toy_lock(first);
	toy_lock(!first);
}

/* Who else waits is shown, but it is the same deadlock. */
Test(deadlock, with_a_cycle_is_known_by_the_cycle)
{
	toy_start(3, lock_both);
	engine_begin(engine);
	toy_step(1);
	toy_step(2);
	cr_assert(engine->ended);
	cr_assert(eq(sz, engine->findings.count, 1));
	cr_assert(eq(uint, engine->findings.at[0].part_count, 2));
	cr_assert(eq(uint, engine->findings.at[0].parts[0].thread, 1));
	cr_assert(eq(uint, engine->findings.at[0].parts[1].thread, 2));
}
