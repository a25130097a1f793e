/*
 * explorer/strategy/bounded_dpor.c against every interleaving: on random
 * programs it runs exactly the traces that have a linearisation within the
 * bound.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "strategy/script.h"

#define PROGRAMS_CHECK 1500
#define PROGRAMS_SOAK  20000
/* Programs with more interleavings are not used. */
#define INTERLEAVINGS_MAX 3000U
#define BOUND_MAX	  3U

struct totals {
	size_t programs;
	size_t traces;
	size_t executions;
	size_t interleavings;
};

/* If it says that nothing was left out, nothing was. */
static void expect_all(const struct traces *reduced)
{
	struct traces all;

	if (traces_run(&strategy_dfs, (struct bound){BOUND_NONE, 0},
		       INTERLEAVINGS_MAX, &all))
		cr_assert(eq(sz, all.count, reduced->count));
	traces_fini(&all);
}

static void compare(uint64_t seed, struct bound bound, struct totals *totals)
{
	struct traces all;
	struct traces reduced;

	if (!traces_run(&strategy_dfs, bound, INTERLEAVINGS_MAX, &all)) {
		traces_fini(&all);
		return;
	}
	cr_assert(traces_run(&strategy_bounded_dpor, bound, INTERLEAVINGS_MAX,
			     &reduced));
	if (!traces_are_same(&all, &reduced)) {
		script_print();
		cr_fatal("seed %lu, %s %u: %zu traces instead of %zu", seed,
			 bound.kind == BOUND_DELAYS ? "delays" : "preemptions",
			 bound.most, reduced.count, all.count);
	}
	cr_assert(le(sz, reduced.executions, all.executions));
	totals->programs++;
	totals->traces += all.count;
	totals->executions += reduced.executions;
	totals->interleavings += all.executions;
	if (!(reduced.reasons & REASON_BOUND))
		expect_all(&reduced);
	traces_fini(&all);
	traces_fini(&reduced);
}

static void compare_many(enum bound_kind kind)
{
	struct totals totals = {0};

	script_start();
	for (uint64_t seed = 1;
	     totals.programs <
	     (getenv("SOAK") ? PROGRAMS_SOAK : PROGRAMS_CHECK);
	     seed++) {
		script_draw(seed, SCRIPT_PLAIN);
		for (uint32_t most = 0; most <= BOUND_MAX; most++)
			compare(seed, (struct bound){kind, most}, &totals);
	}
	cr_log_info("%zu programs and bounds: %zu traces, %zu executions of "
		    "%zu interleavings\n",
		    totals.programs, totals.traces, totals.executions,
		    totals.interleavings);
	cr_assert(lt(sz, totals.executions, totals.interleavings));
}

Test(bounded_dpor, runs_all_traces_within_so_many_preemptions)
{
	compare_many(BOUND_PREEMPTIONS);
}

Test(bounded_dpor, runs_all_traces_within_so_many_delays)
{
	compare_many(BOUND_DELAYS);
}
