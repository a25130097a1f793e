/*
 * native: the program run again and again on real threads.
 */
#include <stdlib.h>

#include "base/diagnostic.h"
#include "base/installation.h"
#include "base/memory.h"
#include "pool/clock.h"
#include "pool/merge.h"
#include "pool/naming.h"
#include "pool/native_run.h"
#include "pool/summary.h"
#include "symbols/elf.h"

#define PROGRESS_SECONDS 0.1

/* Invariant: keys[] has the outcome_key() of each outcome in `found`. */
struct series {
	const struct native *native;
	struct found found;
	uint64_t *keys;
	size_t key_capacity;
	uint64_t runs;
	double started;
	double next_progress;
};

static void show_progress(void *context)
{
	struct series *series = context;
	const struct native *native = series->native;
	double now = clock_seconds();
	double seconds = now - series->started;
	struct progress progress = {
		.phase = "running",
		.executions = series->runs,
		.executions_planned = native->runs,
		.per_second = seconds > 0 ? (double)series->runs / seconds : 0,
		.outcomes = series->found.outcomes.count,
		.findings = series->found.findings.count,
		.fraction = (double)series->runs / (double)native->runs,
		.seconds = seconds,
	};

	if (!native->progress || now < series->next_progress)
		return;
	series->next_progress = now + PROGRESS_SECONDS;
	native->progress(native->context, &progress);
}

/* FINDING_COUNT if that end is none. */
static enum finding_kind finding_of(enum end_kind end)
{
	if (end == END_ASSERTION)
		return FINDING_ASSERTION;
	if (end == END_ABORT)
		return FINDING_ABORT;
	return end == END_CRASH ? FINDING_CRASH : FINDING_COUNT;
}

/* The same outcome of an earlier run; NULL if this is the first. */
static struct outcome *earlier(struct series *series, uint64_t key)
{
	for (size_t i = 0; i < series->found.outcomes.count; i++)
		if (series->keys[i] == key)
			return &series->found.outcomes.at[i].outcome;
	return NULL;
}

/* Takes over *outcome. */
static void count_outcome(struct series *series, struct outcome *outcome)
{
	uint64_t key = outcome_key(outcome);
	struct outcome *same = earlier(series, key);
	struct found_outcome item = {.outcome = *outcome};
	void *keys = series->keys;

	if (same) {
		same->count += outcome->count;
		outcome_fini(outcome);
		return;
	}
	memory_reserve(&keys, &series->key_capacity,
		       series->found.outcomes.count + 1, sizeof(*series->keys));
	series->keys = keys;
	series->keys[series->found.outcomes.count] = key;
	outcome_list_add(&series->found.outcomes, item);
}

/* Takes over *outcome. */
static void take_run(struct series *series, struct outcome *outcome)
{
	struct found_finding finding = {
		.finding = {.kind = finding_of(outcome->end), .count = 1}};
	char *text;

	if (finding.finding.kind != FINDING_COUNT) {
		text = assertion_in_output(outcome, &finding.finding.place);
		free(text);
		finding.finding.message = string_copy(outcome->message);
		finding_list_add(&series->found.findings, finding);
	}
	count_outcome(series, outcome);
	series->runs++;
}

/* Returns -1 if not even the first run could be had. */
static int run_all(struct series *series, const struct native_options *options,
		   struct session *session, unsigned *ret_reasons)
{
	struct outcome outcome;

	while (series->runs < series->native->runs) {
		if (native_run(options, session, &outcome) != 0) {
			*ret_reasons |= pool_interrupted ? REASON_INTERRUPTED
							 : REASON_LIMIT;
			return series->runs > 0 || pool_interrupted ? 0 : -1;
		}
		if (outcome.end == END_HANG)
			*ret_reasons |= REASON_HANG;
		take_run(series, &outcome);
	}
	return 0;
}

static struct result result_of(const struct program *program,
			       struct series *series, unsigned reasons)
{
	struct result result = summary_begin(COMMAND_NATIVE, program);
	struct merged merged;

	result.executions = series->runs;
	result.rounds = 1;
	result.incomplete_because = reasons;
	result.seconds = clock_seconds() - series->started;
	merge(&series->found, false, series->native->expect, &merged);
	summary_end(&result, &merged);
	merged_fini(&merged);
	return result;
}

int pool_native(const struct program *program, const struct native *native,
		struct result *ret_result)
{
	struct series series = {.native = native, .started = clock_seconds()};
	struct session session = {0};
	char *library =
		native->plain ? installation_find("libexplorer.so") : NULL;
	struct native_options options = {
		.session = {.child = {.program = program,
				      .preload = library,
				      .is_native = true},
			    .watches = native->watches,
			    .watch_count = native->watch_count,
			    .expect = native->expect,
			    .blame = ""},
		.timeout = native->run_timeout,
		/* Without names to look at, nothing of ours need be there. */
		.is_bare = native->plain && native->watch_count == 0 &&
			   !native->expect &&
			   !elf_gives_names(program->executable),
		.tick = show_progress,
		.context = &series,
	};
	unsigned reasons = 0;
	int failed;

	if (options.is_bare)
		options.session.child.preload = NULL;
	failed = run_all(&series, &options, &session, &reasons);
	if (!failed)
		*ret_result = result_of(program, &series, reasons);
	session_close(&session);
	found_fini(&series.found);
	free(series.keys);
	free(library);
	return failed;
}
