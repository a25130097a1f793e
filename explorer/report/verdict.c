/*
 * The verdict: what was found out, what it rests on, and why it does not say
 * more.
 */
#include <string.h>

#include "base/text.h"
#include "report/chart.h"
#include "report/summary.h"
#include "report/words.h"

/* Natively only the clock tells that a run hangs. */
static const char *hang_sentence(const struct result *result)
{
	if (result->command == COMMAND_NATIVE)
		return "a run was ended that took longer than --run-timeout "
		       "allows";
	return "a thread ran on, or waited in the system, without doing "
	       "anything that others could see";
}

/* Why a search stopped short, as the end of a sentence that a person can act
 * on. */
static const char *reason_sentence(const struct result *result,
				   enum incomplete_reason reason)
{
	switch (reason) {
	case REASON_LIMIT:
		return "the search was ended early (--max-executions, "
		       "--time-limit or --stop-at-first)";
	case REASON_BOUND:
		return "schedules beyond the bound were left out";
	case REASON_TIMEOUTS:
		return "further time-outs of timed waits were left out "
		       "(--timeouts allows more)";
	case REASON_HANG:
		return hang_sentence(result);
	case REASON_UNCONTROLLED_CALL:
		return "the program called something whose result Explorer "
		       "does not control";
	case REASON_UNSUPPORTED_CALL:
		return "the program called something that Explorer does not "
		       "know yet";
	case REASON_RACES_NOT_DECIDED:
		return "data races could not be decided for this program";
	case REASON_LOSSY:
		return "states were remembered by a digest that may confuse "
		       "them";
	case REASON_MEMORY:
		return "memory ran out";
	case REASON_INTERRUPTED:
		return "it was interrupted";
	case REASON_ASSUMED:
		return "each execution was dropped by explorer_assume(): what "
		       "it asks for never holds";
	}
	return "of an unknown reason";
}

/* "complete up to 2 preemptions; schedules with more were left out" */
static void print_bound(const struct terminal *terminal,
			const struct result *result)
{
	bool delays = strcmp(result->bound_of, BOUND_OF_DELAYS) == 0;
	struct phrase most =
		words_counted(result->bound, delays ? "delay" : "preemption",
			      result->bound_of);

	if (result->incomplete_because == REASON_BOUND)
		fprintf(terminal->file,
			"complete up to %s; schedules with more were left "
			"out\n",
			most.text);
	else
		fprintf(terminal->file,
			"schedules with more than %s were left out\n",
			most.text);
}

static bool is_found(const struct result *result)
{
	for (size_t i = 0; i < result->outcome_count; i++)
		if (result->outcomes[i].wanted)
			return true;
	return false;
}

/* What became of --find, if that was given. */
static void print_find(const struct terminal *terminal,
		       const struct result *result)
{
	const char *seen = result->incomplete_because ? " seen" : "";

	if (!result->find || is_found(result))
		return;
	fprintf(terminal->file, "  no %s%s %s so: %s\n",
		result->finds_state ? "state" : "execution", seen,
		result->finds_state ? "is" : "ends", result->find);
}

static void print_reason(const struct terminal *terminal,
			 const struct result *result,
			 enum incomplete_reason reason)
{
	fprintf(terminal->file, "  not complete (%s): ", reason_name(reason));
	if (reason == REASON_LIMIT && result->cut > 0)
		fprintf(terminal->file,
			"%s cut off at --max-steps; does a thread wait in a "
			"loop?\n",
			words_counted(result->cut, "execution was",
				      "executions were")
				.text);
	else if (reason == REASON_LIMIT && is_found(result))
		fprintf(terminal->file,
			"'%s' was found, and the search ended\n", result->find);
	else if (reason == REASON_BOUND && result->bound_of)
		print_bound(terminal, result);
	else
		fprintf(terminal->file, "%s\n",
			reason_sentence(result, reason));
}

static void print_reasons(const struct terminal *terminal,
			  const struct result *result)
{
	for (unsigned reason = 1; reason <= REASON_LAST; reason <<= 1)
		if (result->incomplete_because & reason)
			print_reason(terminal, result,
				     (enum incomplete_reason)reason);
	if (result->estimate.high > 0)
		fprintf(terminal->file,
			"  a guess from what was seen: %s executions in all\n",
			words_guess(&result->estimate).text);
}

/* Who searched, where nobody said who should. */
static void print_choice(const struct terminal *terminal,
			 const struct result *result)
{
	const unsigned early = REASON_LIMIT | REASON_INTERRUPTED;

	if (result->ruled_out_by)
		fprintf(terminal->file, "  %s alone, as %s asks for it\n",
			result->strategy, result->ruled_out_by);
	if (!result->rival)
		return;
	if (result->incomplete_because & early)
		fprintf(terminal->file,
			"  %s and %s took turns; neither could tell all, the "
			"numbers are those of %s\n",
			result->strategy, result->rival, result->strategy);
	else
		fprintf(terminal->file,
			"  %s and %s took turns; %s was the first to come to "
			"its end\n",
			result->strategy, result->rival, result->strategy);
}

/* "x = 4 is the only outcome" */
static void add_outcomes(struct buffer *text, const struct result *result)
{
	struct chart chart;

	chart_init(&chart, result);
	if (chart.row_count == 1 && result->outcome_count == 1)
		text_add(text, "the only outcome: %s", chart.rows[0].label);
	else if (chart.row_count == 1)
		text_add(text, "always %s, with %zu different outputs",
			 chart.rows[0].label, result->outcome_count);
	else
		text_add(text, "%s",
			 words_counted(chart.row_count, "outcome", "outcomes")
				 .text);
	chart_fini(&chart);
}

/* What was cut off though nothing limited it did not hold what it assumes. */
static void print_dropped(const struct terminal *terminal,
			  const struct result *result)
{
	if (result->cut == 0 || result->incomplete_because)
		return;
	fprintf(terminal->file, "  besides, %s dropped by explorer_assume()\n",
		words_counted(result->cut, "execution was", "executions were")
			.text);
}

/* Whether each execution stands for others that were not run. */
static bool is_reduced(const struct result *result)
{
	bool stands_for_itself =
		result->interleavings && !*words_interleavings(result).text;

	return !stands_for_itself && result->strategy &&
	       strstr(result->strategy, "dpor");
}

/* "all 66 states", "2 executions, which stand for all 6 interleavings" */
static void add_explored(struct buffer *text, const struct result *result)
{
	bool one = result->executions == 1 && !result->has_states;

	if (!is_reduced(result) && one)
		text_add(text, "the only execution");
	else if (!is_reduced(result))
		text_add(text, "all %s", words_explored(result).text);
	else
		text_add(text, "%s, which %s for all %s",
			 words_explored(result).text, one ? "stands" : "stand",
			 result->interleavings
				 ? words_interleavings(result).text
				 : "interleavings");
}

static void print_verified(const struct terminal *terminal,
			   const struct result *result)
{
	struct buffer outcomes = {0};
	struct buffer explored = {0};

	add_outcomes(&outcomes, result);
	terminal_paint(terminal, PAINT_GREEN, "VERIFIED");
	fprintf(terminal->file, "  %s; %s; search complete\n",
		(char *)outcomes.data,
		result->is_filtered ? "no finding of those asked for"
				    : "no race, no deadlock, no failure");
	add_explored(&explored, result);
	fprintf(terminal->file,
		"  in %s, under sequential consistency (weaker atomics "
		"were run as seq_cst)\n",
		(char *)explored.data);
	print_dropped(terminal, result);
	buffer_fini(&outcomes);
	buffer_fini(&explored);
}

static void print_found(const struct terminal *terminal,
			const struct result *result)
{
	bool all =
		result->command == COMMAND_CHECK && !result->incomplete_because;
	struct buffer count = {0};

	findings_count(&count, result);
	terminal_paint(terminal, PAINT_RED, "FINDINGS");
	fprintf(terminal->file, "  %s\n", (char *)count.data);
	if (all)
		fprintf(terminal->file,
			"  search complete: these are all the ways it can end, "
			"under sequential consistency\n");
	print_dropped(terminal, result);
	buffer_fini(&count);
}

static void print_incomplete(const struct terminal *terminal,
			     const struct result *result)
{
	terminal_paint(terminal, PAINT_YELLOW, "INCOMPLETE");
	if (result->incomplete_because == REASON_ASSUMED) {
		fprintf(terminal->file, "  no execution was left to look at\n");
		return;
	}
	fprintf(terminal->file,
		"  nothing wrong was found in %s, but not every schedule was "
		"tried\n",
		words_explored(result).text);
}

static void print_none_found(const struct terminal *terminal,
			     const struct result *result)
{
	bool native = result->command == COMMAND_NATIVE;

	terminal_paint(terminal, PAINT_YELLOW, "NOTHING FOUND");
	fprintf(terminal->file,
		"  in %s, which proves nothing: explorer check tries them "
		"all\n",
		words_counted(
			result->executions,
			native ? "run on real threads" : "random schedule",
			native ? "runs on real threads" : "random schedules")
			.text);
}

void verdict_print(const struct terminal *terminal, const struct result *result)
{
	switch (result->verdict) {
	case VERDICT_VERIFIED:
		print_verified(terminal, result);
		break;
	case VERDICT_FINDINGS:
		print_found(terminal, result);
		break;
	case VERDICT_INCOMPLETE:
		print_incomplete(terminal, result);
		break;
	case VERDICT_NONE_FOUND:
		print_none_found(terminal, result);
		break;
	}
	print_find(terminal, result);
	print_reasons(terminal, result);
	print_choice(terminal, result);
	if (result->uncounted)
		fprintf(terminal->file, "  %s\n", result->uncounted);
	for (size_t i = 0; i < result->warning_count; i++)
		fprintf(terminal->file, "  warning: %s\n", result->warnings[i]);
}
