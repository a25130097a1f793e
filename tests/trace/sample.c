/*
 * Traces for tests.
 */
#include "sample.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/text.h"

static char *copy(const char *string)
{
	return text_format("%s", string);
}

static char **strings(const char *a, const char *b)
{
	char **list = calloc(2, sizeof(*list));

	list[0] = copy(a);
	list[1] = copy(b);
	return list;
}

static struct step step_of(uint64_t number, struct choice choice, enum op op)
{
	return (struct step){
		.number = number,
		.thread = choice.thread,
		.alternative = choice.alternative,
		.op = op,
		.order = ORDER_PLAIN,
		.reads_from = EVENT_NONE,
		.function = copy("increment"),
		.file = copy("counter.c"),
		.line = 14,
	};
}

static void add_outcome(struct outcome *outcome)
{
	static const char output[] =
		"x = 3\nbytes: \0\xff\x1b\" \\ h\xc3\xa4\n";

	outcome->end = END_EXIT;
	outcome->has_status = true;
	outcome->status = 3;
	outcome->value_count = 2;
	outcome->values = calloc(2, sizeof(*outcome->values));
	outcome->values[0] =
		(struct value){copy("x"), copy("3"), VALUE_INTEGER};
	outcome->values[1] =
		(struct value){copy("p"), copy("heap 3+8"), VALUE_NAME};
	outcome->output_length = sizeof(output) - 1;
	outcome->output = malloc(sizeof(output));
	memcpy(outcome->output, output, sizeof(output));
	outcome->output_total = 100000;
	outcome->output_digest = 0xfedcba9876543210U;
	outcome->message = copy("");
	outcome->count = 1;
	outcome->lost_updates = 1;
	outcome->unexpected = true;
}

static void add_steps(struct trace *trace)
{
	static const struct choice choices[] = {{0, 0}, {1, 0}, {2, 0}, {2, 0},
						{1, 0}, {1, 2}, {2, 1}};
	static const enum op ops[] = {OP_MUTEX_TRYLOCK, OP_READ,  OP_READ,
				      OP_WRITE,		OP_WRITE, OP_SEM_WAIT,
				      OP_ATOMIC_LOAD};

	schedule_set(&trace->schedule, choices, 7);
	for (size_t i = 0; i < 7; i++) {
		struct step step = step_of(i, choices[i], ops[i]);

		if (i >= 1 && i <= 4) {
			step.object = copy("x");
			step.size = 4;
			step.has_values = true;
			step.before = i == 4 ? 3 : 2;
			step.after = i < 3 ? 2 : 3;
		}
		if (i == 0) {
			step.object = copy("heap block #1 \"q\"");
			step.result = copy("busy");
			free(step.function);
			step.function = NULL;
		} else if (i == 2) {
			step.reads_from = 0;
		} else if (i == 4) {
			step.lost_update = true;
			free(step.file);
			step.file = copy("my dir/counter:2.c");
		} else if (i == 5) {
			step.object = copy("-");
			free(step.file);
			step.file = NULL;
			step.line = 0;
		} else if (i == 6) {
			step.order = ORDER_ACQUIRE;
			step.object = copy("s.flag");
			step.size = 8;
			step.has_values = true;
			step.before = (uint64_t)-3;
			step.after = 0xdeadbeef0123U;
		}
		trace_add_step(trace, &step, 7, true);
	}
}

struct trace sample_trace(void)
{
	struct trace trace = {
		.version = TRACE_VERSION,
		.program = copy("models/counter.c"),
		.sources = copy("models/counter.c models/more.c"),
		.arguments = strings("2", "a b\n"),
		.argument_count = 2,
		.cflags = copy("-O0 -DNAME=\"x\""),
		.optimised = true,
		.uninitialised = true,
		.leaks = true,
		.input = copy("input file"),
		.source_hash = copy("0123456789abcdef"),
		.build_id = copy("fedcba"),
		.strategy = copy("dfs"),
		.note = copy("data race: increment() reads and writes x"),
		.finding = FINDING_DATA_RACE,
		.watched = strings("x", "p"),
		.watched_count = 2,
		.expect = copy("x == 4"),
		.clock_is_read = true,
	};

	trace.visible = calloc(2, sizeof(*trace.visible));
	trace.visible_count = 2;
	trace.visible[0] = (struct visible_name){copy("x"), 4, 0};
	trace.visible[1] = (struct visible_name){copy("heap 0.3+8"), 16, 4096};
	add_outcome(&trace.outcome);
	add_steps(&trace);
	return trace;
}

struct trace sample_long_trace(size_t length, bool full)
{
	struct trace trace = {
		.version = TRACE_VERSION,
		.program = copy("models/counter.c"),
		.finding = FINDING_COUNT,
		.outcome = {.end = END_EXIT, .has_status = true, .count = 1},
	};
	struct random random;

	random_seed(&random, length);
	for (size_t i = 0; i < length; i++) {
		struct choice choice = {
			.thread = (uint16_t)(1 + random_below(&random, 2))};
		enum op op = random_below(&random, 2) ? OP_READ : OP_WRITE;
		struct step step = step_of(i, choice, op);

		step.object = copy("x");
		step.size = 4;
		step.has_values = true;
		step.before = i;
		step.after = i + (op == OP_WRITE);
		schedule_add(&trace.schedule, choice);
		trace_add_step(&trace, &step, length, full);
	}
	return trace;
}

char *sample_text(const struct trace *trace, size_t *ret_length)
{
	char *text = NULL;
	FILE *file = open_memstream(&text, ret_length);
	int status = trace_write(trace, file);

	assert(status == 0);
	fclose(file);
	return text;
}

int sample_read(const char *text, size_t length, struct trace *ret_trace,
		struct trace_error *ret_error)
{
	/* fmemopen() of no bytes at all is refused. */
	FILE *file = length ? fmemopen((void *)(uintptr_t)text, length, "r")
			    : fopen("/dev/null", "r");
	int status = trace_read(file, ret_trace, ret_error);

	fclose(file);
	return status;
}
