/*
 * check and sample: a search from beginning to end.
 *
 *     one pass, or two that take turns ─> merged ─> traces ─> result
 *
 * Where the bound is to grow, one such pass after the other, in a new process
 * each; the last one is reported.
 */
#include "base/text.h"
#include "pool/clock.h"
#include "pool/filter.h"
#include "pool/interleavings.h"
#include "pool/naming.h"
#include "pool/summary.h"
#include "pool/traces.h"
#include "pool/turns.h"

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

/* Why threads were not taken to be alike though they were to be. */
static const char *asymmetry_sentence(enum asymmetry asymmetry)
{
	switch (asymmetry) {
	case ASYMMETRY_NONE:
	case ASYMMETRY_COUNT:
		break;
	case ASYMMETRY_SELF:
		return "a thread asks which one it is, or prints an "
		       "address";
	case ASYMMETRY_IDS:
		return "a thread looks at where ids of threads are kept";
	case ASYMMETRY_JOINS:
		return "who joins or detaches them does something else before "
		       "they are all joined or detached";
	case ASYMMETRY_VALUES:
		return "they return different values";
	case ASYMMETRY_OPERATION:
		return "there are operations that tell which thread makes them "
		       "(other than on memory, locks, condition variables, "
		       "semaphores, barriers, output; or with time-outs)";
	case ASYMMETRY_STORAGE:
		return "there are thread-local variables";
	case ASYMMETRY_CREATES:
		return "they create threads themselves";
	case ASYMMETRY_MANY:
		return "there are too many of them";
	case ASYMMETRY_CYCLES:
		return "some executions go round for ever";
	}
	return "of an unknown reason";
}

static void warn(const struct search *search, struct pass *pass)
{
	struct hunt *hunt = &pass->hunt;

	if (hunt->done.asymmetry != ASYMMETRY_NONE)
		hunt_warn(
			hunt,
			text_format(
				"threads were not taken to be alike "
				"(--symmetry), as %s",
				asymmetry_sentence(
					(enum asymmetry)hunt->done.asymmetry)));
	if (pass->reasons & REASON_LOSSY)
		hunt_warn(
			hunt,
			text_format("memory was full: a state was missed with "
				    "a probability of about %.2g",
				    (double)hunt->done.risk / RISK_WHOLE));
	for (size_t i = 0; search->filter && i < search->filter->note_count;
	     i++)
		hunt_warn_once(hunt, string_copy(search->filter->notes[i]));
	pass->suppressed += filter_apply(search->filter, &pass->merged);
	if (pass->suppressed > 0)
		hunt_warn(hunt, text_format("findings that are suppressed: %zu",
					    pass->suppressed));
}

/* Writes the traces; what the other one of two searches found counts, too. */
static char *take_found(struct turns *turns)
{
	struct pass *pass = turns->answer;
	struct pass *other = turns_other(turns);
	char *error = traces_write(&pass->hunt, &pass->merged);

	if (!error && other)
		error = pass_take_over(pass, other);
	return error;
}

static void report(const struct search *search, struct turns *turns,
		   struct result *result)
{
	struct pass *pass = turns->answer;
	struct hunt *hunt = &pass->hunt;
	const struct pass *other = turns_other(turns);

	result->strategy = string_copy(pass->search.strategy);
	result->was_chosen = search->is_chosen;
	result->rival = other ? other->search.strategy : NULL;
	result->ruled_out_by = search->ruled_out_by;
	result->bound_of = search->bound.of;
	result->bound = hunt->bound;
	result->find = search->find;
	result->finds_state = search->finds_state;
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
	result->write_error = take_found(turns);
	warn(search, pass);
	result->is_filtered = search->filter &&
			      (search->filter->hidden || pass->suppressed > 0);
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
	uint32_t bound = search->bound.up_to ? 0 : search->bound.most;
	double started = clock_seconds();
	struct turns turns;

	if (turns_run(program, search, bound, started, &turns) != 0)
		return -1;
	while (bound < search->bound.most && pass_is_passed(turns.answer)) {
		turns_fini(&turns);
		bound += search->bound.doubles && bound > 1 ? bound : 1;
		if (turns_run(program, search, bound, started, &turns) != 0)
			return -1;
	}
	*ret_result = summary_begin(search->command, program);
	report(search, &turns, ret_result);
	turns_fini(&turns);
	return 0;
}
