/*
 * explorer/strategy/dpor.c: the exact number of executions of programs whose
 * traces can be counted by hand. Random programs are compared with brute force
 * in tests/oracle.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "engine/toy.h"
#include "runtime/announce.h"
#include "runtime/semaphore.h"
#include "strategy/searched.h"

static struct engine *const engine = &toy.engine;
static const struct strategy_options options = {.seed = 0};

/* As many executions, each of them to its end. */
static struct searched expect_executions(uint64_t count)
{
	struct searched searched;

	engine->blocked = 0;
	searched = search_through(&strategy_dpor, &options);
	cr_assert(eq(u64, searched.executions, count));
	cr_assert(zero(u64, engine->blocked));
	return searched;
}

ON_FIBER static void write_own(unsigned number)
{
	toy_write(&toy.memory->array[number], 1);
	toy_write(&toy.memory->array[number], 2);
}

Test(dpor, runs_independent_threads_once)
{
	toy_start(4, write_own);
	expect_executions(1);
}

ON_FIBER static void read_shared(unsigned number)
{
	toy_read(&toy.memory->x);
	toy_write(&toy.memory->array[number], 1);
}

Test(dpor, runs_readers_once)
{
	toy_start(4, read_shared);
	expect_executions(1);
}

Test(dpor, runs_two_increments_four_times)
{
	toy_start(2, toy_increment);
	cr_assert(eq(sz, expect_executions(4).outcome_count, 2));
}

ON_FIBER static void increment_twice(unsigned number)
{
	toy_increment(number);
	toy_increment(number);
}

Test(dpor, runs_two_by_two_increments_34_times)
{
	toy_start(2, increment_twice);
	cr_assert(eq(sz, expect_executions(34).outcome_count, 3));
}

ON_FIBER static void increment_locked(unsigned number)
{
	toy_lock(0);
	toy_increment(number);
	toy_unlock(0);
}

/* What lies within the lock has one order for each order of the threads. */
Test(dpor, runs_each_order_of_a_lock_once)
{
	toy_start(3, increment_locked);
	cr_assert(eq(sz, expect_executions(6).outcome_count, 1));
}

ON_FIBER static void lock_both(unsigned number)
{
	toy_lock(number == 1);
	toy_lock(number != 1);
	toy_unlock(number == 1);
	toy_unlock(number != 1);
}

/* One order, the other, and the one where each has one lock. */
Test(dpor, finds_a_deadlock_of_two_locks)
{
	struct searched searched;

	toy_start(2, lock_both);
	searched = expect_executions(3);
	cr_assert(eq(sz, searched.outcome_count, 2));
	cr_assert(eq(sz, searched.finding_count, 1));
	cr_assert(eq(u64, searched.findings[0], 1));
}

ON_FIBER static void post_and_wait(unsigned number)
{
	sem_t *semaphore = &toy.memory->semaphore;

	if (number == 1)
		semaphore_post(&toy.runtime, semaphore, 20);
	else
		semaphore_wait(&toy.runtime, semaphore, 21);
}

/* One post for two who wait: either gets it, the other never goes on. */
Test(dpor, finds_who_is_left_waiting)
{
	toy_start(3, post_and_wait);
	expect_executions(2);
}

/* What was chosen is part of the outcome. */
ON_FIBER static unsigned choose(enum op op, uint16_t alternatives)
{
	struct operation operation = {.op = (uint8_t)op,
				      .order = ORDER_PLAIN,
				      .alternatives = alternatives,
				      .place = 22};

	runtime_announce(&toy.runtime, &operation);
	return toy.runtime.current->alternative;
}

ON_FIBER static void choose_of_three(unsigned number)
{
	unsigned chosen = choose(OP_SPIN, 3);

	/* Atomically and in one step: x = first + 4 * second. */
	toy.memory->x += (int)(number == 1 ? chosen : 4 * chosen);
}

Test(dpor, runs_each_pair_of_independent_results_once)
{
	toy_start(2, choose_of_three);
	cr_assert(eq(sz, expect_executions(9).outcome_count, 9));
}

ON_FIBER static void choose_in_order(unsigned number)
{
	unsigned chosen = choose(OP_RANDOM, 2);

	toy.memory->x = 10 * toy.memory->x + (int)(2 * number + chosen);
}

Test(dpor, runs_each_order_of_dependent_results_once)
{
	toy_start(2, choose_in_order);
	cr_assert(eq(sz, expect_executions(8).outcome_count, 8));
}

ON_FIBER static void choose_while_written(unsigned number)
{
	if (number == 1) {
		choose_in_order(number);
		toy_read(&toy.memory->y);
	} else {
		toy_write(&toy.memory->y, 1);
	}
}

Test(dpor, runs_what_follows_each_result)
{
	toy_start(2, choose_while_written);
	expect_executions(4);
}
