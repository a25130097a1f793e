/* See samples.h. */
#include "samples.h"

#include <stdlib.h>
#include <string.h>

static void *grown(void *array, size_t count, size_t bytes)
{
	array = realloc(array, (count + 1) * bytes);
	memset((char *)array + count * bytes, 0, bytes);
	return array;
}

struct result sample_empty(enum command_kind command)
{
	bool native = command == COMMAND_NATIVE;

	return (struct result){
		.command = command,
		.program = strdup("models/counter.c"),
		.strategy = native			? NULL
			    : command == COMMAND_SAMPLE ? strdup("random")
							: strdup("dfs"),
		.memory_model = native ? "hardware" : "sc",
		.rounds = 1,
		.has_steps = !native,
		.seconds = 0.01,
	};
}

struct outcome *sample_add_outcome(struct result *result, const char *name,
				   const char *value, const char *output)
{
	struct outcome *outcome;

	result->outcomes = grown(result->outcomes, result->outcome_count,
				 sizeof(*result->outcomes));
	outcome = &result->outcomes[result->outcome_count++];
	outcome->end = END_EXIT;
	outcome->has_status = true;
	outcome->output = (uint8_t *)strdup(output);
	outcome->output_length = strlen(output);
	outcome->count = 1;
	if (name) {
		outcome->values = grown(NULL, 0, sizeof(*outcome->values));
		outcome->value_count = 1;
		outcome->values[0] = (struct value){strdup(name), strdup(value),
						    VALUE_INTEGER};
	}
	return outcome;
}

struct finding *sample_add_finding(struct result *result,
				   enum finding_kind kind, const char *message)
{
	struct finding *finding;

	result->findings = grown(result->findings, result->finding_count,
				 sizeof(*result->findings));
	finding = &result->findings[result->finding_count++];
	finding->kind = kind;
	finding->message = strdup(message);
	finding->count = 1;
	return finding;
}

static struct source_place place_of(const char *file, const char *function,
				    unsigned line)
{
	return (struct source_place){strdup(file), strdup(function), line};
}

static void add_counted(struct result *result, const char *value,
			uint64_t count, uint64_t lost, const char *trace)
{
	char output[32];
	struct outcome *outcome;

	snprintf(output, sizeof(output), "x = %s\n", value);
	outcome = sample_add_outcome(result, "x", value, output);
	outcome->count = count;
	outcome->lost_updates = lost;
	outcome->trace = trace ? strdup(trace) : NULL;
}

static void add_caller_and_lock(struct access *access)
{
	access->callers.at = calloc(1, sizeof(*access->callers.at));
	access->callers.at[0] = place_of("models/counter.c", "work", 22);
	access->callers.count = 1;
	access->locks = calloc(1, sizeof(*access->locks));
	access->locks[0] = strdup("m");
	access->lock_count = 1;
}

static void add_race(struct result *result)
{
	struct finding *race = sample_add_finding(
		result, FINDING_DATA_RACE,
		"T1 reads x while T2 writes it, and nothing orders them");
	static const char *const threads[] = {"T1", "T2"};
	static const char *const operations[] = {"read", "write"};

	race->count = 2484;
	race->trace = strdup("traces/counter-data-race-1.trace");
	race->place = place_of("models/counter.c", "increment", 14);
	race->access_count = 2;
	for (int i = 0; i < 2; i++)
		race->accesses[i] = (struct access){
			.thread = strdup(threads[i]),
			.operation = strdup(operations[i]),
			.variable = strdup("x"),
			.place = place_of("models/counter.c", "increment", 14),
			.created_by = strdup("main"),
			.created = place_of("models/counter.c", "main", 30)};
	add_caller_and_lock(&race->accesses[1]);
}

struct result sample_counter(void)
{
	struct result result = sample_empty(COMMAND_CHECK);

	result.executions = 2520;
	result.rounds = 2;
	result.transitions = 4410;
	result.steps = 25200;
	result.arguments = calloc(2, sizeof(char *));
	result.arguments[0] = strdup("2");
	result.arguments[1] = strdup("2");
	result.argument_count = 2;
	add_counted(&result, "2", 90, 90, "traces/counter-x=2-1.trace");
	add_counted(&result, "3", 1500, 1500, "traces/counter-x=3-1.trace");
	add_counted(&result, "4", 930, 0, "traces/counter-x=4-1.trace");
	add_race(&result);
	result_sort(&result);
	result_decide(&result);
	return result;
}

struct result sample_verified(void)
{
	struct result result = sample_empty(COMMAND_CHECK);

	result.executions = 6;
	add_counted(&result, "4", 6, 0, "traces/counter-x=4-1.trace");
	result_decide(&result);
	return result;
}

static void add_blocked(struct finding *finding, const char *thread,
			const char *waits_for, const char *held_by,
			unsigned line)
{
	finding->threads = grown(finding->threads, finding->thread_count,
				 sizeof(*finding->threads));
	finding->threads[finding->thread_count++] = (struct blocked_thread){
		.thread = strdup(thread),
		.waits_for = strdup(waits_for),
		.held_by = held_by ? strdup(held_by) : NULL,
		.place = place_of("models/deadlock.c", "cross", line)};
}

struct result sample_deadlock(void)
{
	struct result result = sample_empty(COMMAND_CHECK);
	struct finding *finding;
	struct outcome *outcome;

	result.executions = 6;
	sample_add_outcome(&result, NULL, NULL, "done\n")->count = 4;
	outcome = sample_add_outcome(&result, NULL, NULL, "");
	outcome->end = END_DEADLOCK;
	outcome->has_status = false;
	outcome->count = 2;
	outcome->trace = strdup("traces/deadlock-deadlock-1.trace");
	finding = sample_add_finding(
		&result, FINDING_DEADLOCK,
		"T1 and T2 wait for each other, and main for T1");
	finding->count = 2;
	finding->trace = strdup("traces/deadlock-deadlock-1.trace");
	finding->place = place_of("models/deadlock.c", "cross", 20);
	add_blocked(finding, "main", "end of T1", "T1", 40);
	add_blocked(finding, "T1", "lock b", "T2", 20);
	add_blocked(finding, "T2", "lock a", "T1", 21);
	result_sort(&result);
	result_decide(&result);
	return result;
}

struct step *sample_add_step(struct trace *trace, uint32_t thread, enum op op,
			     const char *object, uint64_t before,
			     uint64_t after)
{
	bool memory = op == OP_READ || op == OP_WRITE;
	struct step *step;

	schedule_add(&trace->schedule,
		     (struct choice){.thread = (uint16_t)thread});
	trace->steps =
		grown(trace->steps, trace->step_count, sizeof(*trace->steps));
	step = &trace->steps[trace->step_count++];
	*step = (struct step){
		.number = trace->schedule.length - 1,
		.thread = thread,
		.op = op,
		.order = ORDER_PLAIN,
		.object = object ? strdup(object) : NULL,
		.size = memory ? 4 : 0,
		.has_values = memory,
		.before = before,
		.after = after,
		.reads_from = EVENT_NONE,
		.function = strdup(thread ? "increment" : "main"),
		.file = strdup("two_increments.c"),
		.line = thread ? 9 : 21,
	};
	return step;
}

struct trace sample_lost_update(void)
{
	struct trace trace = {
		.version = TRACE_VERSION,
		.program = strdup("models/two_increments.c"),
		.strategy = strdup("dfs"),
		.note = strdup("x = 11"),
		.finding = FINDING_COUNT,
		.outcome = {.end = END_EXIT, .has_status = true, .count = 1},
	};

	sample_add_step(&trace, 0, OP_CREATE, "T1", 0, 0);
	sample_add_step(&trace, 0, OP_CREATE, "T2", 0, 0);
	sample_add_step(&trace, 1, OP_READ, "x", 10, 10);
	sample_add_step(&trace, 2, OP_READ, "x", 10, 10);
	sample_add_step(&trace, 1, OP_WRITE, "x", 10, 11);
	sample_add_step(&trace, 2, OP_WRITE, "x", 11, 11)->lost_update = true;
	sample_add_step(&trace, 0, OP_READ, "x", 11, 11);
	trace.outcome.output = (uint8_t *)strdup("x = 11\n");
	trace.outcome.output_length = 7;
	return trace;
}

void page_begin(struct page *page, bool utf8, unsigned width)
{
	*page = (struct page){0};
	page->terminal = (struct terminal){
		.file = open_memstream(&page->text, &page->length),
		.utf8 = utf8,
		.width = width,
	};
}

const char *page_end(struct page *page)
{
	fclose(page->terminal.file);
	return page->text;
}

void page_fini(struct page *page)
{
	free(page->text);
}
