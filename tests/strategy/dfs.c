/*
 * explorer/strategy/dfs.c
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "engine/toy.h"
#include "strategy/searched.h"

static const struct strategy_options all = {.seed = 0};

static unsigned increments;

ON_FIBER static void increment(unsigned number)
{
	for (unsigned i = 0; i < increments; i++)
		toy_increment(number);
}

static struct searched search_counter(unsigned threads, unsigned each,
				      uint32_t preemptions)
{
	const struct strategy_options options = {
		.bound = {BOUND_PREEMPTIONS, preemptions}};

	increments = each;
	toy_start(threads, increment);
	return search_through(&strategy_dfs, &options);
}

Test(dfs, runs_every_interleaving_of_2_x_1)
{
	struct searched searched = search_counter(2, 1, NO_BOUND);

	cr_assert(eq(u64, searched.executions, 6));
	cr_assert(eq(sz, searched.outcome_count, 2));
	/* T1 before T2 and the reverse; the other four lose an update. */
	cr_assert(eq(u64, searched.outcomes[0].count, 2));
	cr_assert(eq(u64, searched.outcomes[1].count, 4));
	cr_assert(eq(u64, searched.outcomes[0].lost_updates, 0));
	cr_assert(eq(u64, searched.outcomes[1].lost_updates, 4));
	cr_assert(eq(uint, searched.incomplete_because, 0));
	/* A tree of 6 leaves whose nodes are the ways to begin, and main's
	 * exit behind each. */
	cr_assert(eq(u64, searched.transitions, 2 + 4 + 6 + 6 + 6));
}

Test(dfs, runs_every_interleaving_of_2_x_3)
{
	cr_assert(eq(u64, search_counter(2, 3, NO_BOUND).executions, 924));
}

Test(dfs, runs_every_interleaving_of_3_x_1)
{
	cr_assert(eq(u64, search_counter(3, 1, NO_BOUND).executions, 90));
}

Test(dfs, runs_a_program_without_choices_once)
{
	struct searched searched = search_counter(1, 3, NO_BOUND);

	cr_assert(eq(u64, searched.executions, 1));
	cr_assert(eq(u64, searched.transitions, 7));
}

/* Ways to go on for two threads with so many steps left each, `last` having run
 * last, with at most `bound` preemptions. */
static uint64_t ways(unsigned last, const unsigned left[2], int bound)
{
	uint64_t sum = 0;

	if (bound < 0)
		return 0;
	if (left[0] + left[1] == 0)
		return 1;
	for (unsigned next = 0; next < 2; next++) {
		unsigned then[2] = {left[0], left[1]};

		if (left[next] == 0)
			continue;
		then[next]--;
		sum += ways(
			next, then,
			bound - (last < 2 && next != last && left[last] > 0));
	}
	return sum;
}

#define BOUND_TEST(bound)                                                      \
	Test(dfs, runs_what_has_at_most_##bound##_preemptions)                 \
	{                                                                      \
		const unsigned left[2] = {6, 6};                               \
		struct searched searched = search_counter(2, 3, bound);        \
                                                                               \
		cr_assert(eq(u64, searched.executions, ways(2, left, bound))); \
		cr_assert(                                                     \
			eq(uint, searched.incomplete_because, REASON_BOUND));  \
	}

BOUND_TEST(0)
BOUND_TEST(1)
BOUND_TEST(2)
BOUND_TEST(5)

Test(dfs, a_bound_that_is_never_met_leaves_nothing_out)
{
	struct searched searched = search_counter(2, 3, 10);

	cr_assert(eq(u64, searched.executions, 924));
	cr_assert(eq(uint, searched.incomplete_because, 0));
}

Test(dfs, goes_on_after_its_end_with_nothing)
{
	void *search = strategy_dfs.new(&all);

	increments = 1;
	toy_start(2, increment);
	while (!strategy_dfs.run(search, &toy.engine, 1))
		;
	cr_assert(strategy_dfs.run(search, &toy.engine, 1000));
	cr_assert(eq(u64, toy.engine.executions, 6));
}

Test(dfs, returns_when_its_steps_are_made)
{
	void *search = strategy_dfs.new(&all);

	increments = 2;
	toy_start(2, increment);
	cr_assert(not(strategy_dfs.run(search, &toy.engine, 1)));
	cr_assert(eq(u64, toy.engine.executions, 1));
	cr_assert(not(strategy_dfs.run(search, &toy.engine, 20)));
	cr_assert(gt(u64, toy.engine.executions, 1));
	cr_assert(lt(u64, toy.engine.executions, 21));
}

Test(dfs, makes_as_many_executions_as_it_may)
{
	void *search = strategy_dfs.new(&all);

	increments = 2;
	toy_start(2, increment);
	toy.engine.executions_max = 7;
	cr_assert(not(strategy_dfs.run(search, &toy.engine, 100000)));
	cr_assert(eq(u64, toy.engine.executions, 7));
}

Test(dfs, tells_how_much_is_done)
{
	void *search = strategy_dfs.new(&all);
	double last = 0;

	increments = 2;
	toy_start(2, increment);
	cr_assert(zero(dbl, strategy_dfs.fraction(search)));
	while (!strategy_dfs.run(search, &toy.engine, 1)) {
		double fraction = strategy_dfs.fraction(search);

		cr_assert(ge(dbl, fraction, last));
		cr_assert(lt(dbl, fraction, 1));
		last = fraction;
	}
	cr_assert(gt(dbl, last, 0.9));
}

Test(dfs, starts_over)
{
	void *search = strategy_dfs.new(&all);

	increments = 2;
	toy_start(2, increment);
	strategy_dfs.run(search, &toy.engine, 200);
	strategy_dfs.restart(search);
	engine_new_round(&toy.engine);
	toy.engine.executions = 0;
	while (!strategy_dfs.run(search, &toy.engine, 1000))
		;
	cr_assert(eq(u64, toy.engine.executions, 70));
}

Test(dfs, refuses_a_save_that_is_cut_short)
{
	struct buffer saved = {0};
	void *search = strategy_dfs.new(&all);

	increments = 2;
	toy_start(2, increment);
	strategy_dfs.run(search, &toy.engine, 1);
	strategy_dfs.save(search, &saved);
	for (size_t length = 0; length < saved.length; length++) {
		struct reader reader = reader_of(saved.data, length);

		strategy_dfs.load(strategy_dfs.new(&all), &reader);
		cr_assert(reader.failed);
	}
}

/* A path that this program does not have: another one's save. */
Test(dfs, notices_that_a_saved_path_is_not_possible)
{
	struct buffer saved = {0};
	struct reader reader;
	void *search = strategy_dfs.new(&all);

	increments = 2;
	toy_start(2, increment);
	strategy_dfs.run(search, &toy.engine, 1);
	strategy_dfs.save(search, &saved);
	increments = 1;
	engine_new_round(&toy.engine);
	search = strategy_dfs.new(&all);
	reader = reader_of(saved.data, saved.length);
	strategy_dfs.load(search, &reader);
	strategy_dfs.run(search, &toy.engine, 1000);
	cr_assert(toy.engine.diverged);
	cr_assert(toy.engine.stopped);
}
