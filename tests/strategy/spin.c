/*
 * Threads that spin sleep, and nothing is lost: on random programs all ways to
 * end are those of a search where nobody ever sleeps, cut off where it goes on
 * for ever; and reduction runs each trace of those that dfs runs, once. The
 * same of threads that poll: under a lock, say.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "engine/toy.h"
#include "strategy/script.h"

#define PROGRAMS_CHECK 80
#define PROGRAMS_SOAK  10000
#define EXECUTIONS_MAX 20000U
/* Orders in which reduction looks at those that may move. */
#define PREFERENCES 3U
/* An execution without sleep is cut here: enough for all that matters. */
#define STEPS_AWAKE 12U

static const struct bound none = {BOUND_NONE, 0};

static size_t programs_wanted(void)
{
	return getenv("SOAK") ? PROGRAMS_SOAK : PROGRAMS_CHECK;
}

static void fail(uint64_t seed, const char *what, size_t actual,
		 size_t expected)
{
	script_print();
	cr_fatal("seed %lu: %zu %s instead of %zu", seed, actual, what,
		 expected);
}

/* Ends of executions that no limit has cut. */
static bool has_outcome(const struct traces *traces, uint64_t check)
{
	for (size_t i = 0; i < traces->outcome_count; i++)
		if (traces->outcomes[i] == check)
			return true;
	return false;
}

static void check_reduced(uint64_t seed, uint64_t preference,
			  const struct traces *all)
{
	struct traces reduced;

	cr_assert(traces_run_preferring(&strategy_dpor, none, preference,
					EXECUTIONS_MAX, &reduced));
	if (!traces_are_same(all, &reduced))
		fail(seed, "traces", reduced.count, all->count);
	if (reduced.executions != reduced.count)
		fail(seed, "executions", reduced.executions, reduced.count);
	if (reduced.blocked > 0)
		fail(seed, "blocked", reduced.blocked, 0);
	traces_fini(&reduced);
}

static void check_reduction_runs_each_trace_once(enum script_sort sort)
{
	size_t count = 0;

	script_start();
	for (uint64_t seed = 1; count < programs_wanted(); seed++) {
		struct traces all;

		script_draw(seed, sort);
		if (traces_run(&strategy_dfs, none, EXECUTIONS_MAX, &all)) {
			for (uint64_t i = 0; i < PREFERENCES; i++)
				check_reduced(seed, i, &all);
			count++;
		}
		traces_fini(&all);
	}
}

static void check_bounded_reduction_loses_nothing(enum script_sort sort)
{
	size_t count = 0;

	script_start();
	for (uint64_t seed = 1; count < programs_wanted(); seed++)
		for (uint32_t most = 0; most <= 2; most++) {
			const struct bound bound = {seed % 2 ? BOUND_PREEMPTIONS
							     : BOUND_DELAYS,
						    most};
			struct traces all;
			struct traces reduced;

			script_draw(seed, sort);
			if (traces_run(&strategy_dfs, bound, EXECUTIONS_MAX,
				       &all)) {
				cr_assert(traces_run(&strategy_bounded_dpor,
						     bound, EXECUTIONS_MAX,
						     &reduced));
				if (!traces_are_same(&all, &reduced))
					fail(seed, "traces", reduced.count,
					     all.count);
				traces_fini(&reduced);
				count++;
			}
			traces_fini(&all);
		}
}

static void check_no_end_is_lost(enum script_sort sort)
{
	size_t count = 0;

	script_start();
	for (uint64_t seed = 1; count < programs_wanted(); seed++) {
		struct traces asleep;
		struct traces awake;
		bool same = true;

		script_draw(seed, sort);
		toy.engine.spins_awake = true;
		toy.engine.steps_max = STEPS_AWAKE;
		traces_run(&strategy_dfs, none, EXECUTIONS_MAX, &awake);
		toy.engine.spins_awake = false;
		toy.engine.steps_max = 1000;
		if (traces_run(&strategy_dfs, none, EXECUTIONS_MAX, &asleep)) {
			for (size_t i = 0; i < awake.outcome_count; i++)
				same &= has_outcome(&asleep, awake.outcomes[i]);
			if (!same)
				fail(seed, "outcomes", asleep.outcome_count,
				     awake.outcome_count);
			count++;
		}
		traces_fini(&asleep);
		traces_fini(&awake);
	}
}

Test(spin, reduction_runs_each_trace_once)
{
	check_reduction_runs_each_trace_once(SCRIPT_SPINS);
}

Test(spin, bounded_reduction_loses_nothing)
{
	check_bounded_reduction_loses_nothing(SCRIPT_SPINS);
}

Test(spin, no_end_is_lost)
{
	check_no_end_is_lost(SCRIPT_SPINS);
}

Test(poll, reduction_runs_each_trace_once)
{
	check_reduction_runs_each_trace_once(SCRIPT_POLLS);
}

Test(poll, bounded_reduction_loses_nothing)
{
	check_bounded_reduction_loses_nothing(SCRIPT_POLLS);
}

Test(poll, no_end_is_lost)
{
	check_no_end_is_lost(SCRIPT_POLLS);
}
