/*
 * check and sample: a search from beginning to end.
 *
 *     session (child, names, watches)
 *        └─ hunt (messages, deaths, limits) ─> found
 *                                    merge ─> merged ─> traces ─> result
 */
#include "pool/clock.h"
#include "pool/hunt.h"
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
		result->steps = hunt->seen.steps;
		result->rounds = hunt->seen.rounds;
		return;
	}
	result->executions = done->executions;
	result->steps = done->steps;
	result->rounds = done->rounds;
	result->blocked = done->blocked;
	result->cut = done->cut;
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

static void run_search(const struct search *search, struct session *session,
		       struct result *result)
{
	struct hunt hunt;
	struct merged merged;

	hunt_init(&hunt, search, session);
	hunt_run(&hunt);
	result->incomplete_because = hunt_reasons(&hunt);
	merge(&hunt.found, is_cut_short(&hunt, result->incomplete_because),
	      search->expect, &merged);
	take_counts(&hunt, result);
	result->seconds = clock_seconds() - hunt.started;
	result->write_error = traces_write(&hunt, &merged);
	take_remarks(&hunt, result);
	summary_end(result, &merged);
	merged_fini(&merged);
	hunt_fini(&hunt);
}

int pool_search(const struct program *program, const struct search *search,
		struct result *ret_result)
{
	struct session_options options = {
		.child = {.program = program, .output = -1},
		.watches = search->watches,
		.watch_count = search->watch_count,
		.expect = search->expect,
		.blame = ""};
	struct session session;
	struct result result;

	if (session_open(&options, &session) != 0)
		return -1;
	result = summary_begin(search->command, program);
	result.strategy = string_copy(search->strategy);
	run_search(search, &session, &result);
	session_close(&session);
	*ret_result = result;
	return 0;
}
