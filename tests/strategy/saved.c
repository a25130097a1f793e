/*
 * What holds of every strategy: a search saved and loaded after each execution
 * ends as if it had been left alone, and finds no outcome that dfs does not.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "engine/toy.h"
#include "runtime/thread.h"
#include "strategy/searched.h"

static const struct strategy_options unbounded = {.runs = 60, .seed = 3};
static const struct strategy_options bounded = {
	.bound = {BOUND_PREEMPTIONS, 2}};

static const struct strategy_options delayed = {.bound = {BOUND_DELAYS, 3}};

/* Locks, a race, a yield, output, a deadlock. */
ON_FIBER static void mixed(unsigned number)
{
	toy_lock(number == 1);
	toy_increment(number);
	toy_lock(number != 1);
	thread_yield(&toy.runtime);
	toy_unlock(number == 1);
	toy_print(number == 1 ? "one" : "two");
	toy_unlock(number != 1);
}

/* A race of what is far apart: no state has both before it. */
ON_FIBER static void apart(unsigned number)
{
	if (number == 1)
		toy_write(&toy.memory->x, 1);
	toy_write(&toy.memory->array[0], (int)number);
	if (number == 2)
		toy_read(&toy.memory->x);
	toy_write(&toy.memory->y, toy_read(&toy.memory->y) + 1);
	toy_print(number == 1 ? "one" : "two");
	if (toy_read(&toy.memory->y) == 1)
		toy_print("once");
}

ON_FIBER static void print_first(void)
{
	toy_print("first");
}

static void expect_the_same_of(void (*body)(unsigned number),
			       const struct strategy *strategy,
			       const struct strategy_options *options)
{
	struct searched whole;
	struct searched pieces;

	toy_start(2, body);
	whole = search_through(strategy, options);
	cr_assert(gt(u64, whole.executions, 5));
	cr_assert(gt(sz, whole.outcome_count, 2));
	cr_assert(gt(sz, whole.finding_count, 1));
	pieces = search_in_pieces(strategy, options);
	searched_expect_equal(&pieces, &whole);
}

static void expect_the_same(const struct strategy *strategy,
			    const struct strategy_options *options)
{
	expect_the_same_of(mixed, strategy, options);
}

Test(saved_search, dfs_ends_the_same)
{
	expect_the_same(&strategy_dfs, &unbounded);
}

Test(saved_search, dfs_within_a_bound_ends_the_same)
{
	expect_the_same(&strategy_dfs, &bounded);
}

Test(saved_search, dfs_ends_the_same_where_the_first_steps_are_no_choice)
{
	toy_begin_with(print_first);
	expect_the_same(&strategy_dfs, &unbounded);
}

Test(saved_search, dpor_ends_the_same)
{
	expect_the_same(&strategy_dpor, &unbounded);
}

Test(saved_search, dpor_counts_races_on_the_way_to_where_it_stood)
{
	expect_the_same_of(apart, &strategy_dpor, &unbounded);
}

Test(saved_search, bounded_dpor_counts_races_on_the_way_to_where_it_stood)
{
	expect_the_same_of(apart, &strategy_bounded_dpor, &bounded);
}

Test(saved_search, source_dpor_ends_the_same)
{
	expect_the_same(&strategy_source_dpor, &unbounded);
}

Test(saved_search, dpor_within_a_bound_ends_the_same)
{
	expect_the_same(&strategy_bounded_dpor, &bounded);
}

Test(saved_search, dpor_within_delays_ends_the_same)
{
	expect_the_same(&strategy_bounded_dpor, &delayed);
}

Test(saved_search, dfs_within_delays_ends_the_same)
{
	expect_the_same(&strategy_dfs, &delayed);
}

Test(saved_search, random_ends_the_same)
{
	expect_the_same(&strategy_random, &unbounded);
}

static bool has_outcome(const struct searched *searched, uint64_t check)
{
	for (size_t i = 0; i < searched->outcome_count; i++)
		if (searched->outcomes[i].check == check)
			return true;
	return false;
}

static void expect_subset(const struct searched *part,
			  const struct searched *whole)
{
	for (size_t i = 0; i < part->outcome_count; i++)
		cr_assert(has_outcome(whole, part->outcomes[i].check));
}

Test(every_strategy, finds_outcomes_of_dfs)
{
	struct searched dfs;
	struct searched random;
	struct searched dpor;

	toy_start(2, mixed);
	dfs = search_through(&strategy_dfs, &unbounded);
	random = search_through(&strategy_random, &unbounded);
	dpor = search_through(&strategy_dpor, &unbounded);
	expect_subset(&random, &dfs);
	expect_subset(&dpor, &dfs);
	expect_subset(&dfs, &dpor);
	cr_assert(lt(u64, dpor.executions, dfs.executions));
}

/* Outside the world: it remembers executions. */
static unsigned executions_begun;

ON_FIBER static void differ_later(unsigned number)
{
	toy_increment(number);
	if (number == 1 && executions_begun++ > 3)
		toy_write(&toy.memory->y, 1);
	toy_increment(number);
}

static void expect_divergence(const struct strategy *strategy)
{
	bool told = false;

	/* A library that checks its states dies of it before. */
	if (CHECKED)
		cr_skip_test();
	toy_start(2, differ_later);
	search_through(strategy, &unbounded);
	cr_assert(toy.engine.diverged);
	cr_assert(toy.engine.stopped);
	for (size_t i = 0; i < toy.engine.findings.count; i++)
		told |= toy.engine.findings.at[i].kind ==
				FINDING_NONDETERMINISM &&
			toy.engine.findings.at[i].count == 1;
	cr_assert(told);
}

Test(every_strategy, dfs_stops_where_the_program_does_something_else)
{
	expect_divergence(&strategy_dfs);
}

Test(every_strategy, dpor_stops_where_the_program_does_something_else)
{
	expect_divergence(&strategy_dpor);
}

/* A search that is allowed so many executions: whether it then says that
 * nothing is left, and how many it made. */
static bool is_done_after(const struct strategy *strategy,
			  const struct strategy_options *options, uint64_t most)
{
	void *search = strategy->new (options);
	bool done;

	engine_new_round(&toy.engine);
	toy.engine.executions = 0;
	toy.engine.executions_max = most;
	do
		done = strategy->run(search, &toy.engine, 1000);
	while (!done && toy.engine.executions < most);
	cr_assert(eq(u64, toy.engine.executions, most));
	toy.engine.executions_max = 0;
	strategy->delete (search);
	return done;
}

static void expect_exact_limit(const struct strategy *strategy,
			       const struct strategy_options *options)
{
	struct searched whole = search_through(strategy, options);

	cr_assert(gt(u64, whole.executions, 2));
	cr_assert(is_done_after(strategy, options, whole.executions));
	cr_assert(not(is_done_after(strategy, options, whole.executions - 1)));
	cr_assert(not(is_done_after(strategy, options, 1)));
}

Test(every_strategy, is_complete_where_the_limit_is_just_met)
{
	toy_start(2, mixed);
	expect_exact_limit(&strategy_dfs, &unbounded);
	expect_exact_limit(&strategy_dfs, &bounded);
	expect_exact_limit(&strategy_dfs, &delayed);
	expect_exact_limit(&strategy_dpor, &unbounded);
	expect_exact_limit(&strategy_source_dpor, &unbounded);
	expect_exact_limit(&strategy_bounded_dpor, &bounded);
	expect_exact_limit(&strategy_bounded_dpor, &delayed);
	expect_exact_limit(&strategy_random, &unbounded);
}

/* Ways to go back: whatever costs less here; by saved worlds as near as can be;
 * by repeating all, as where worlds are large. */
static void expect_the_same_ways(const struct strategy *strategy,
				 const struct strategy_options *options)
{
	struct searched measured;
	struct searched saved;
	struct searched repeated;

	toy.engine.no_marks = false;
	measured = search_through(strategy, options);
	toy.engine.costs = (struct rewind_costs){.save = 1, .steps = 1000000};
	saved = search_through(strategy, options);
	toy.engine.no_marks = true;
	repeated = search_through(strategy, options);
	searched_expect_equal(&saved, &measured);
	searched_expect_equal(&repeated, &measured);
}

Test(every_strategy, finds_the_same_however_it_goes_back)
{
	toy_start(2, mixed);
	expect_the_same_ways(&strategy_dfs, &unbounded);
	expect_the_same_ways(&strategy_dpor, &unbounded);
	expect_the_same_ways(&strategy_bounded_dpor, &bounded);
	/* Saving was measured, as steps were. */
	cr_assert(gt(u64, toy.engine.costs.save, 0));
	cr_assert(gt(u64, toy.engine.costs.steps, 0));
}
