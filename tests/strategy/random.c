/*
 * explorer/strategy/random.c
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "engine/toy.h"
#include "strategy/searched.h"

#define SCHEDULE_MAX 32

static struct engine *const engine = &toy.engine;

static void *new_walk(uint64_t runs, uint64_t seed)
{
	/* They outlive it. */
	static struct strategy_options options;

	options.runs = runs;
	options.seed = seed;
	return strategy_random.new(&options);
}

/* The schedule of the walk's next run. */
static size_t next_schedule(void *walk, struct choice *schedule)
{
	strategy_random.run(walk, engine, 1);
	cr_assert(le(sz, engine->depth, SCHEDULE_MAX));
	memcpy(schedule, engine->schedule, engine->depth * sizeof(*schedule));
	return engine->depth;
}

static bool same_schedules(void *a, void *b, unsigned runs)
{
	bool same = true;

	for (unsigned i = 0; i < runs; i++) {
		struct choice of_a[SCHEDULE_MAX];
		struct choice of_b[SCHEDULE_MAX];
		size_t length = next_schedule(a, of_a);

		same &= next_schedule(b, of_b) == length &&
			memcmp(of_a, of_b, length * sizeof(*of_a)) == 0;
	}
	return same;
}

/* A walk that goes on with run number `run`. */
static void *walk_from(uint64_t run, uint64_t runs, uint64_t seed)
{
	void *walk = new_walk(runs, seed);
	struct buffer saved = {0};
	struct reader reader;

	buffer_put_u64(&saved, run);
	reader = reader_of(saved.data, saved.length);
	strategy_random.load(walk, &reader);
	cr_assert(not(reader.failed));
	return walk;
}

Test(random_walk, a_seed_gives_the_same_runs)
{
	toy_start(3, toy_increment);
	cr_assert(same_schedules(new_walk(50, 1), new_walk(50, 1), 50));
}

Test(random_walk, another_seed_gives_others)
{
	toy_start(3, toy_increment);
	cr_assert(not(same_schedules(new_walk(5, 1), new_walk(5, 2), 5)));
}

Test(random_walk, any_run_can_be_made_alone)
{
	void *whole = new_walk(100, 7);
	struct choice schedule[SCHEDULE_MAX];

	toy_start(3, toy_increment);
	for (unsigned i = 0; i < 60; i++)
		next_schedule(whole, schedule);
	cr_assert(same_schedules(whole, walk_from(60, 100, 7), 40));
}

Test(random_walk, makes_as_many_runs_as_asked_for)
{
	void *walk = new_walk(13, 1);

	toy_start(2, toy_increment);
	cr_assert(zero(dbl, strategy_random.fraction(walk)));
	while (!strategy_random.run(walk, engine, 1))
		;
	cr_assert(eq(u64, engine->executions, 13));
	cr_assert(eq(dbl, strategy_random.fraction(walk), 1));
	cr_assert(strategy_random.run(walk, engine, 1));
	cr_assert(eq(u64, engine->executions, 13));
}

Test(random_walk, names_the_run_under_way)
{
	void *walk = walk_from(41, 100, 1);

	toy_start(2, toy_increment);
	strategy_random.run(walk, engine, 1);
	cr_assert(eq(u64, toy.shared->run, 41));
}

Test(random_walk, chooses_fairly)
{
	void *walk = new_walk(3000, 5);
	struct choice schedule[SCHEDULE_MAX];
	unsigned first[4] = {0};

	toy_start(3, toy_increment);
	for (unsigned i = 0; i < 3000; i++) {
		next_schedule(walk, schedule);
		first[schedule[0].thread]++;
	}
	for (unsigned i = 1; i <= 3; i++) {
		cr_assert(gt(uint, first[i], 900));
		cr_assert(lt(uint, first[i], 1100));
	}
}

Test(random_walk, refuses_a_save_from_beyond_its_end)
{
	struct buffer saved = {0};
	struct reader reader;

	buffer_put_u64(&saved, 11);
	reader = reader_of(saved.data, saved.length);
	strategy_random.load(new_walk(10, 1), &reader);
	cr_assert(reader.failed);
	reader = reader_of(saved.data, 3);
	strategy_random.load(new_walk(10, 1), &reader);
	cr_assert(reader.failed);
}
