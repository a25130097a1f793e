/*
 * check and sample: a search from beginning to end.
 *
 *     session (child, names, watches)
 *        └─ hunt (messages, deaths, limits) ─> found
 *                                    merge ─> merged ─> traces ─> result
 *
 * Where the bound is to grow, one such pass after the other, in a new process
 * each; the last one is reported.
 */
#include "base/text.h"
#include "pool/clock.h"
#include "pool/filter.h"
#include "pool/hunt.h"
#include "pool/interleavings.h"
#include "pool/lock_order.h"
#include "pool/merge.h"
#include "pool/naming.h"
#include "pool/session.h"
#include "pool/summary.h"
#include "pool/traces.h"

volatile int pool_interrupted;

static void take_counts(const struct hunt *hunt, struct result *result)
{
	const struct done *done = &hunt->done;

	if (!hunt->is_done) {
		result->executions = hunt->seen.executions;
		result->states = hunt->seen.states;
		result->has_states = hunt->seen.states > 0;
		result->transitions = hunt->seen.transitions;
		result->steps = hunt->seen.steps;
		result->rounds = hunt->seen.rounds;
		return;
	}
	result->executions = done->executions;
	result->steps = done->steps;
	result->rounds = done->rounds;
	result->blocked = done->blocked;
	result->cut = done->cut;
	result->states = done->states;
	result->has_states = done->states > 0;
	result->transitions = done->transitions;
}

static void take_remarks(struct hunt *hunt, struct result *result)
{
	result->unsupported = hunt->unsupported;
	result->warnings = hunt->warnings;
	result->warning_count = hunt->warning_count;
	hunt->unsupported = NULL;
	hunt->warnings = NULL;
	hunt->warning_count = 0;
}

/* The search did not get to the end of what it set out to do. */
static bool is_cut_short(const struct hunt *hunt, unsigned reasons)
{
	return !hunt->is_done ||
	       (reasons & (REASON_LIMIT | REASON_INTERRUPTED | REASON_MEMORY |
			   REASON_UNSUPPORTED_CALL));
}

/* What one bound came to. */
struct pass {
	struct session session;
	struct hunt hunt;
	struct merged merged;
	size_t suppressed; /* findings */
	unsigned reasons;
};

static int pass_run(const struct search *search,
		    const struct session_options *options, uint32_t bound,
		    double started, struct pass *pass)
{
	struct hunt *hunt = &pass->hunt;

	if (session_open(options, &pass->session) != 0)
		return -1;
	hunt_init(hunt, search, &pass->session);
	hunt->started = started;
	hunt->bound = bound;
	hunt_run(hunt);
	pass->reasons = hunt_reasons(hunt);
	if (search->tree)
		tree_fini(search->tree);
	if (search->tree)
		tree_heard_name(
			&hunt->tree, &hunt->found,
			!(pass->reasons & (REASON_LIMIT | REASON_INTERRUPTED)),
			search->tree);
	merge(&hunt->found, is_cut_short(hunt, pass->reasons), search->expect,
	      &pass->merged);
	pass->suppressed = filter_apply(search->filter, &pass->merged);
	lock_order_warn(&pass->merged, hunt);
	return 0;
}

static void pass_fini(struct pass *pass)
{
	merged_fini(&pass->merged);
	hunt_fini(&pass->hunt);
	session_close(&pass->session);
}

/* Whether what was found is nothing to stop at, and a higher bound could show
 * more. */
static bool pass_is_passed(const struct pass *pass)
{
	const struct outcome_list *outcomes = &pass->merged.outcomes;

	for (size_t i = 0; i < outcomes->count; i++)
		if (outcomes->at[i].outcome.wanted ||
		    (!pass->hunt.search->find &&
		     outcome_is_finding(&outcomes->at[i].outcome)))
			return false;
	return (pass->hunt.search->find || pass->merged.findings.count == 0) &&
	       (pass->reasons & ~(unsigned)REASON_RACES_NOT_DECIDED) ==
		       REASON_BOUND;
}

static void report(const struct search *search, struct pass *pass,
		   struct result *result)
{
	struct hunt *hunt = &pass->hunt;

	result->strategy = string_copy(search->strategy);
	result->bound_of = search->bound.of;
	result->bound = hunt->bound;
	result->find = search->find;
	result->incomplete_because = pass->reasons;
	take_counts(hunt, result);
	/* That nothing is wrong with nothing is no answer. */
	if (result->cut > 0 && pass->merged.outcomes.count == 0 &&
	    result->incomplete_because == 0)
		result->incomplete_because = REASON_ASSUMED;
	if (pass->reasons & (REASON_LIMIT | REASON_INTERRUPTED))
		result->estimate = hunt->seen.estimate;
	result->seconds = clock_seconds() - hunt->started;
	/* What differs between processes shows in another one. */
	if (search->recheck)
		session_restart(&pass->session);
	result->write_error = traces_write(hunt, &pass->merged);
	if (pass->reasons & REASON_LOSSY)
		hunt_warn(
			hunt,
			text_format("memory was full: a state was missed with "
				    "a probability of about %.2g",
				    (double)hunt->done.risk / RISK_WHOLE));
	pass->suppressed += filter_apply(search->filter, &pass->merged);
	result->is_filtered = search->filter &&
			      (search->filter->hidden || pass->suppressed > 0);
	if (pass->suppressed > 0)
		hunt_warn(hunt, text_format("findings that are suppressed: %zu",
					    pass->suppressed));
	take_remarks(hunt, result);
	summary_end(result, &pass->merged);
	interleavings_share(result);
	if (hunt->done.has_cycles)
		result->uncounted = "interleavings cannot be counted: some "
				    "go round for ever";
}

int pool_search(const struct program *program, const struct search *search,
		struct result *ret_result)
{
	struct session_options options = {
		.child = {.program = program, .output = -1},
		.watches = search->watches,
		.watch_count = search->watch_count,
		.expect = search->expect,
		.find = search->find,
		.blame = ""};
	uint32_t bound = search->bound.up_to ? 0 : search->bound.most;
	double started = clock_seconds();
	struct pass pass = {0};

	if (pass_run(search, &options, bound, started, &pass) != 0)
		return -1;
	while (bound < search->bound.most && pass_is_passed(&pass)) {
		pass_fini(&pass);
		bound++;
		if (pass_run(search, &options, bound, started, &pass) != 0)
			return -1;
	}
	*ret_result = summary_begin(search->command, program);
	report(search, &pass, ret_result);
	pass_fini(&pass);
	return 0;
}
