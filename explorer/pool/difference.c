/*
 * What a replay did otherwise than its trace (see difference.h).
 *
 * Both are lists of steps with the same numbers, of which the middle may be
 * left out; running hashes, one each TRACE_HASH_INTERVAL steps, stand for what
 * is not listed.
 */
#include "pool/difference.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pool/merge.h"
#include "pool/naming.h"

static void diverge(struct replay *replay, uint64_t step, char *expected,
		    char *actual)
{
	free(replay->expected);
	free(replay->actual);
	replay->reproduced = false;
	replay->step = step;
	replay->expected = expected;
	replay->actual = actual;
}

/* "T1 write x in increment() counter.c:14" */
static char *describe_step(const struct step *step)
{
	struct source_place place = {step->file, step->function, step->line};
	char *thread = name_of_thread(step->thread);
	char *phrase = place_phrase(&place);
	char *text = text_format("%s %s%s%s%s", thread, op_name(step->op),
				 step->object ? " " : "",
				 step->object ? step->object : "", phrase);

	free(thread);
	free(phrase);
	return text;
}

static bool same_step(const struct step *a, const struct step *b)
{
	return a->thread == b->thread && a->alternative == b->alternative &&
	       a->op == b->op && text_is_same(a->object, b->object) &&
	       text_is_same(a->function, b->function) && a->line == b->line;
}

/* How many steps a run has taken: it may have ended before its schedule. */
static uint64_t steps_taken(const struct trace *trace)
{
	return trace->step_count
		       ? trace->steps[trace->step_count - 1].number + 1
		       : 0;
}

/* The first hash that differs; the smaller of the counts if none does. */
static size_t first_hash_difference(const struct trace *a,
				    const struct trace *b)
{
	size_t count =
		a->hash_count < b->hash_count ? a->hash_count : b->hash_count;
	size_t i = 0;

	while (i < count && a->hashes[i] == b->hashes[i])
		i++;
	return i;
}

/* Compares what both list, up to step `until`. True if there is a
 * difference. */
static bool compare_listed(struct replay *replay, const struct trace *expected,
			   uint64_t until)
{
	const struct trace *actual = &replay->trace;
	size_t i = 0;
	size_t j = 0;

	while (i < expected->step_count && j < actual->step_count) {
		const struct step *a = &expected->steps[i];
		const struct step *b = &actual->steps[j];

		if (a->number >= until || b->number >= until)
			return false;
		if (a->number == b->number && !same_step(a, b)) {
			diverge(replay, a->number, describe_step(a),
				describe_step(b));
			return true;
		}
		i += a->number <= b->number;
		j += b->number <= a->number;
	}
	return false;
}

static bool compare_steps(struct replay *replay, const struct trace *expected)
{
	const struct trace *actual = &replay->trace;
	size_t hashes = first_hash_difference(expected, actual);
	uint64_t from = hashes * TRACE_HASH_INTERVAL;
	bool differs =
		hashes < expected->hash_count && hashes < actual->hash_count;
	uint64_t taken = steps_taken(actual);

	if (compare_listed(replay, expected,
			   differs ? from + TRACE_HASH_INTERVAL : UINT64_MAX))
		return true;
	if (differs) {
		diverge(replay, from,
			text_format("the recorded steps %" PRIu64
				    " to %" PRIu64,
				    from, from + TRACE_HASH_INTERVAL - 1),
			string_copy("something else among these steps"));
		return true;
	}
	if (taken != steps_taken(expected)) {
		diverge(replay, taken,
			text_format("%" PRIu64 " steps", steps_taken(expected)),
			text_format("the end after %" PRIu64 " steps", taken));
		return true;
	}
	if (expected->final_hash != actual->final_hash) {
		diverge(replay, from, string_copy("the recorded steps"),
			string_copy("something else among these steps"));
		return true;
	}
	return false;
}

/* "exit 0, x = 2" */
static char *describe_outcome(const struct outcome *outcome)
{
	struct buffer text = {0};

	text_add(&text, "%s", end_name(outcome->end));
	if (outcome->has_status)
		text_add(&text, " %d", outcome->status);
	for (size_t i = 0; i < outcome->value_count; i++)
		text_add(&text, ", %s = %s", outcome->values[i].name,
			 outcome->values[i].text);
	return (char *)text.data;
}

static bool same_output(const struct outcome *a, const struct outcome *b)
{
	return a->output_length == b->output_length &&
	       a->output_total == b->output_total &&
	       a->output_digest == b->output_digest &&
	       (a->output_length == 0 ||
		memcmp(a->output, b->output, a->output_length) == 0);
}

/* A process that died could tell neither values nor output, and those of one
 * that hung are what they were when it was noticed. */
static bool same_outcome(const struct outcome *a, const struct outcome *b,
			 bool died)
{
	if (a->end == END_HANG && b->end == END_HANG)
		return true;
	if (!died)
		return outcome_key(a) == outcome_key(b);
	return a->end == b->end && a->status == b->status;
}

static bool compare_outcomes(struct replay *replay,
			     const struct trace *expected, bool died)
{
	const struct outcome *a = &expected->outcome;
	const struct outcome *b = &replay->trace.outcome;
	uint64_t step = steps_taken(&replay->trace);
	char *before;
	char *now;

	if (same_outcome(a, b, died))
		return false;
	before = describe_outcome(a);
	now = describe_outcome(b);
	if (strcmp(before, now) == 0 && !same_output(a, b)) {
		free(before);
		free(now);
		before = text_format("the output '%.*s'", (int)a->output_length,
				     a->output_length ? (char *)a->output : "");
		now = text_format("the output '%.*s'", (int)b->output_length,
				  b->output_length ? (char *)b->output : "");
	}
	diverge(replay, step, before, now);
	return true;
}

static bool shows_finding(const struct replay *replay, enum finding_kind kind)
{
	for (size_t i = 0; i < replay->result.finding_count; i++) {
		if (replay->result.findings[i].kind == kind)
			return true;
	}
	return false;
}

static bool compare_findings(struct replay *replay,
			     const struct trace *expected, bool died)
{
	if (expected->finding == FINDING_COUNT ||
	    expected->finding == FINDING_NONDETERMINISM || died ||
	    shows_finding(replay, expected->finding))
		return false;
	diverge(replay, steps_taken(&replay->trace),
		text_format("the finding %s", finding_name(expected->finding)),
		string_copy("no such finding"));
	return true;
}

void difference_find(struct replay *replay, const struct trace *expected,
		     const struct followed *followed)
{
	replay->reproduced = true;
	if (compare_steps(replay, expected))
		return;
	if (followed->diverged) {
		diverge(replay, followed->diverged_step,
			string_copy("a step of the schedule"),
			string_copy("that thread cannot move"));
		return;
	}
	if (!compare_outcomes(replay, expected, followed->died))
		compare_findings(replay, expected, followed->died);
}
