/*
 * replay: a trace's schedule run again, and compared with the trace.
 */
#include <stdlib.h>
#include <string.h>

#include "base/diagnostic.h"
#include "base/memory.h"
#include "pool/difference.h"
#include "pool/merge.h"
#include "pool/naming.h"
#include "pool/record.h"
#include "pool/summary.h"

/* Put before what is wrong with a name of the trace. */
#define BLAME "the trace is of another program: "

static void add_note(struct replay *replay, const char *note)
{
	size_t bytes = sizeof(*replay->notes);

	replay->notes = memory_resize(replay->notes, replay->note_count * bytes,
				      (replay->note_count + 1) * bytes);
	replay->notes[replay->note_count++] = string_copy(note);
}

static void add_notes(struct replay *replay, const struct trace *expected)
{
	const struct trace *actual = &replay->trace;

	if (expected->source_hash && actual->source_hash &&
	    strcmp(expected->source_hash, actual->source_hash) != 0)
		add_note(replay, "the source has changed since the trace was "
				 "recorded");
	else if (expected->build_id && actual->build_id &&
		 strcmp(expected->build_id, actual->build_id) != 0)
		add_note(replay, "the program was built anew since the trace "
				 "was recorded");
}

static int resolve_visible(struct symbols *symbols, const struct trace *trace,
			   struct visible_set *ret_set)
{
	struct visible_set set = {
		.version = 1,
		.clock_is_read = trace->clock_is_read,
		.range_count = (uint32_t)trace->visible_count,
		.ranges =
			memory_new(trace->visible_count * sizeof(*set.ranges)),
	};

	for (uint32_t i = 0; i < set.range_count; i++) {
		const struct visible_name *visible = &trace->visible[i];

		set.ranges[i].bytes = visible->bytes;
		set.ranges[i].block = visible->block;
		if (!symbols_locate(symbols, visible->name,
				    &set.ranges[i].start)) {
			complain(BLAME "there is no '%s' in it", visible->name);
			visible_set_fini(&set);
			return -1;
		}
	}
	*ret_set = set;
	return 0;
}

/* What following showed, as the result of a search of one execution. */
static struct result result_of(const struct program *program,
			       const struct trace *trace,
			       struct followed *followed)
{
	struct result result = summary_begin(COMMAND_REPLAY, program);
	struct found found = {0};
	struct merged merged;

	if (followed->has_outcome)
		outcome_list_add(
			&found.outcomes,
			(struct found_outcome){.outcome = followed->outcome});
	found.findings = followed->findings;
	followed->outcome = (struct outcome){0};
	followed->findings = (struct finding_list){0};
	merge(&found, false, trace->expect, &merged);
	result.strategy = string_copy(trace->strategy);
	result.executions = 1;
	result.rounds = 1;
	result.steps = trace->schedule.length;
	summary_end(&result, &merged);
	merged_fini(&merged);
	found_fini(&found);
	return result;
}

static uint64_t steps_to_follow(const struct trace *trace)
{
	size_t length = trace->schedule.length;

	if (trace->outcome.end == END_HANG)
		return record_steps_to_hang(length);
	return trace->outcome.end == END_LIMIT ? length : SHARED_CHOICES;
}

static int replay_in(struct session *session, const struct trace *trace,
		     bool full_listing, struct replay *ret_replay)
{
	struct replay replay = {0};
	struct visible_set visible;
	struct followed followed;
	struct record_request request = {
		.program = session->options.program,
		.strategy = trace->strategy,
		.expect = trace->expect,
		.schedule = &trace->schedule,
		.visible = &visible,
		.max_steps = steps_to_follow(trace),
		.heap_checks = (trace->uninitialised ? HEAP_CHECKS_UNINITIALISED
						     : 0U) |
			       (trace->leaks ? HEAP_CHECKS_LEAKS : 0U),
		.livelock = trace->outcome.end == END_LIVELOCK,
		.is_query = trace->outcome.end == END_STATE,
		.full_listing = full_listing ||
				trace->step_count == trace->schedule.length,
	};
	int failed;

	if (resolve_visible(session->symbols, trace, &visible) != 0)
		return -1;
	failed = record(session, &request, &replay.trace, &followed);
	visible_set_fini(&visible);
	if (failed)
		return -1;
	if (trace->outcome.end == END_HANG) {
		record_as_hang(&replay.trace.outcome);
		record_as_hang(&followed.outcome);
	}
	replay.trace.finding = trace->finding;
	replay.trace.note = string_copy(trace->note);
	replay.result = result_of(request.program, trace, &followed);
	difference_find(&replay, trace, &followed);
	add_notes(&replay, trace);
	followed_fini(&followed);
	*ret_replay = replay;
	return 0;
}

int pool_replay(const struct program *program, const struct trace *trace,
		bool full_listing, struct replay *ret_replay)
{
	struct session_options options = {
		.child = {.program = program, .output = -1},
		.watches = (const char *const *)trace->watched,
		.watch_count = trace->watched_count,
		.expect = trace->expect,
		.blame = BLAME,
	};
	struct session session;
	int failed;

	if (session_open(&options, &session) != 0)
		return -1;
	failed = replay_in(&session, trace, full_listing, ret_replay);
	session_close(&session);
	return failed;
}

void replay_fini(struct replay *replay)
{
	free(replay->expected);
	free(replay->actual);
	for (size_t i = 0; i < replay->note_count; i++)
		free(replay->notes[i]);
	free(replay->notes);
	trace_fini(&replay->trace);
	result_fini(&replay->result);
	*replay = (struct replay){0};
}
