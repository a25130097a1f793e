/*
 * What a search found: names, verdict.
 */
#include "trace/result.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const end_names[] = {
	[END_EXIT] = "exit",
	[END_DEADLOCK] = "deadlock",
	[END_LIVELOCK] = "livelock",
	[END_ASSERTION] = "assertion",
	[END_ABORT] = "abort",
	[END_CRASH] = "crash",
	[END_STACK_OVERFLOW] = "stack-overflow",
	[END_MISUSE] = "misuse",
	[END_LIMIT] = "limit",
	[END_HANG] = "hang",
	[END_STATE] = "state",
};
static_assert(sizeof(end_names) / sizeof(end_names[0]) == END_COUNT,
	      "every end has a name");

static const char *const finding_names[] = {
	[FINDING_DATA_RACE] = "data-race",
	[FINDING_UNEXPECTED_VALUE] = "unexpected-value",
	[FINDING_ASSERTION] = "assertion",
	[FINDING_ABORT] = "abort",
	[FINDING_CRASH] = "crash",
	[FINDING_STACK_OVERFLOW] = "stack-overflow",
	[FINDING_DEADLOCK] = "deadlock",
	[FINDING_LIVELOCK] = "livelock",
	[FINDING_MISUSE] = "misuse",
	[FINDING_USE_AFTER_FREE] = "use-after-free",
	[FINDING_DOUBLE_FREE] = "double-free",
	[FINDING_INVALID_FREE] = "invalid-free",
	[FINDING_OUT_OF_BOUNDS] = "out-of-bounds",
	[FINDING_UNINITIALISED_READ] = "uninitialised-read",
	[FINDING_USE_AFTER_RETURN] = "use-after-return",
	[FINDING_LEAK] = "leak",
	[FINDING_NONDETERMINISM] = "nondeterminism",
	[FINDING_LOCK_ORDER] = "lock-order",
};
static_assert(sizeof(finding_names) / sizeof(finding_names[0]) == FINDING_COUNT,
	      "every kind of finding has a name");

/* Returns `count` if there is none of that name. */
static unsigned find_name(const char *const *names, unsigned count,
			  const char *name)
{
	unsigned i = 0;

	while (i < count && strcmp(names[i], name) != 0)
		i++;
	return i;
}

const char *end_name(enum end_kind end)
{
	assert(end < END_COUNT);
	return end_names[end];
}

enum end_kind end_by_name(const char *name)
{
	return (enum end_kind)find_name(end_names, END_COUNT, name);
}

const char *finding_name(enum finding_kind kind)
{
	assert(kind < FINDING_COUNT);
	return finding_names[kind];
}

enum finding_kind finding_by_name(const char *name)
{
	return (enum finding_kind)find_name(finding_names, FINDING_COUNT, name);
}

const char *reason_name(enum incomplete_reason reason)
{
	switch (reason) {
	case REASON_LIMIT:
		return "limit";
	case REASON_BOUND:
		return "bound";
	case REASON_TIMEOUTS:
		return "time-outs";
	case REASON_HANG:
		return "hang";
	case REASON_UNCONTROLLED_CALL:
		return "uncontrolled-call";
	case REASON_UNSUPPORTED_CALL:
		return "unsupported-call";
	case REASON_RACES_NOT_DECIDED:
		return "races-not-decided";
	case REASON_LOSSY:
		return "lossy";
	case REASON_MEMORY:
		return "memory";
	case REASON_INTERRUPTED:
		return "interrupted";
	case REASON_ASSUMED:
		return "all-dropped";
	}
	assert(!"a reason is one bit of the set");
	return NULL;
}

static void source_place_fini(struct source_place *place)
{
	free(place->file);
	free(place->function);
}

void outcome_fini(struct outcome *outcome)
{
	for (size_t i = 0; i < outcome->value_count; i++) {
		free(outcome->values[i].name);
		free(outcome->values[i].text);
	}
	free(outcome->values);
	free(outcome->output);
	free(outcome->message);
	free(outcome->trace);
	free(outcome->interleavings);
	*outcome = (struct outcome){0};
}

static void strings_fini(char **strings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(strings[i]);
	free(strings);
}

static void callers_fini(struct callers *callers)
{
	for (size_t i = 0; i < callers->count; i++)
		source_place_fini(&callers->at[i]);
	free(callers->at);
}

static void access_fini(struct access *access)
{
	free(access->thread);
	free(access->operation);
	free(access->variable);
	source_place_fini(&access->place);
	callers_fini(&access->callers);
	strings_fini(access->locks, access->lock_count);
	free(access->created_by);
	source_place_fini(&access->created);
}

void finding_swap_accesses(struct finding *to, struct finding *from)
{
	struct finding other = *from;

	*from = *to;
	*to = other;
	to->kind = from->kind;
	to->count = from->count;
	to->trace = from->trace;
	from->count = other.count;
	from->trace = other.trace;
}

void finding_fini(struct finding *finding)
{
	free(finding->message);
	free(finding->trace);
	source_place_fini(&finding->place);
	for (size_t i = 0; i < finding->access_count; i++)
		access_fini(&finding->accesses[i]);
	for (size_t i = 0; i < finding->thread_count; i++) {
		free(finding->threads[i].thread);
		free(finding->threads[i].waits_for);
		free(finding->threads[i].held_by);
		source_place_fini(&finding->threads[i].place);
		callers_fini(&finding->threads[i].callers);
	}
	free(finding->threads);
	free(finding->block.allocated_by);
	source_place_fini(&finding->block.allocated);
	free(finding->block.freed_by);
	source_place_fini(&finding->block.freed);
	callers_fini(&finding->callers);
	callers_fini(&finding->block.allocated_callers);
	callers_fini(&finding->block.freed_callers);
	*finding = (struct finding){0};
}

void result_fini(struct result *result)
{
	free(result->program);
	strings_fini(result->arguments, result->argument_count);
	free(result->strategy);
	free(result->interleavings);
	strings_fini(result->warnings, result->warning_count);
	for (size_t i = 0; i < result->outcome_count; i++)
		outcome_fini(&result->outcomes[i]);
	free(result->outcomes);
	for (size_t i = 0; i < result->finding_count; i++)
		finding_fini(&result->findings[i]);
	free(result->findings);
	free(result->unsupported);
	free(result->write_error);
	*result = (struct result){0};
}

/* Ends that say by themselves that something is wrong. */
static bool end_is_failure(enum end_kind end)
{
	switch (end) {
	case END_DEADLOCK:
	case END_LIVELOCK:
	case END_ASSERTION:
	case END_ABORT:
	case END_CRASH:
	case END_STACK_OVERFLOW:
	case END_MISUSE:
		return true;
	case END_EXIT:
	case END_LIMIT:
	case END_HANG:
	case END_STATE:
	case END_COUNT:
		break;
	}
	return false;
}

bool outcome_is_finding(const struct outcome *outcome)
{
	return outcome->unexpected ||
	       (end_is_failure(outcome->end) && !outcome->excused);
}

bool blocked_names_holder(const struct blocked_thread *blocked)
{
	static const char join[] = "end of ";

	return blocked->held_by &&
	       strncmp(blocked->waits_for, join, sizeof(join) - 1) != 0;
}

bool result_has_findings(const struct result *result)
{
	for (size_t i = 0; i < result->outcome_count; i++)
		if (outcome_is_finding(&result->outcomes[i]))
			return true;
	return result->finding_count > 0;
}

void result_decide(struct result *result)
{
	if (result->unsupported)
		result->incomplete_because |= REASON_UNSUPPORTED_CALL;

	if (result_has_findings(result))
		result->verdict = VERDICT_FINDINGS;
	else if (result->command != COMMAND_CHECK)
		result->verdict = VERDICT_NONE_FOUND;
	else if (result->incomplete_because)
		result->verdict = VERDICT_INCOMPLETE;
	else
		result->verdict = VERDICT_VERIFIED;
}
