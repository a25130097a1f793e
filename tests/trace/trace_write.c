/*
 * explorer/trace/trace_write.c, trace_read.c: round trips
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/text.h"
#include "sample.h"
#include "trace/trace.h"

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_strings(char **a, size_t a_count, char **b, size_t b_count)
{
	for (size_t i = 0; a_count == b_count && i < a_count; i++) {
		if (!same(a[i], b[i]))
			return false;
	}
	return a_count == b_count;
}

static void assert_same_step(const struct step *a, const struct step *b)
{
	cr_assert(eq(u64, a->number, b->number));
	cr_assert(eq(u32, a->thread, b->thread));
	cr_assert(eq(u32, a->alternative, b->alternative));
	cr_assert(eq(uint, a->op, b->op));
	cr_assert(eq(uint, a->order, b->order));
	cr_assert(same(a->object, b->object));
	cr_assert(eq(u64, a->size, b->size));
	cr_assert(eq(int, a->has_values, b->has_values));
	cr_assert(eq(u64, a->before, b->before));
	cr_assert(eq(u64, a->after, b->after));
	cr_assert(same(a->result, b->result));
	cr_assert(eq(u64, a->reads_from, b->reads_from));
	cr_assert(eq(int, a->lost_update, b->lost_update));
	cr_assert(same(a->function, b->function));
	cr_assert(same(a->file, b->file));
	cr_assert(eq(uint, a->line, b->line));
}

static void assert_same_outcome(const struct outcome *a,
				const struct outcome *b)
{
	cr_assert(eq(uint, a->end, b->end));
	cr_assert(eq(int, a->has_status, b->has_status));
	cr_assert(eq(int, a->status, b->status));
	cr_assert(eq(sz, a->value_count, b->value_count));
	for (size_t i = 0; i < a->value_count; i++) {
		cr_assert(same(a->values[i].name, b->values[i].name));
		cr_assert(same(a->values[i].text, b->values[i].text));
		cr_assert(eq(uint, a->values[i].kind, b->values[i].kind));
	}
	cr_assert(eq(sz, a->output_length, b->output_length));
	if (a->output_length)
		cr_assert(memcmp(a->output, b->output, a->output_length) == 0);
	cr_assert(eq(u64, a->output_total, b->output_total));
	cr_assert(eq(u64, a->output_digest, b->output_digest));
	cr_assert(same(a->message, b->message));
	cr_assert(eq(u64, a->lost_updates, b->lost_updates));
	cr_assert(eq(int, a->unexpected, b->unexpected));
}

static void assert_same_trace(const struct trace *a, const struct trace *b)
{
	cr_assert(eq(uint, a->version, b->version));
	cr_assert(same(a->program, b->program));
	cr_assert(same(a->sources, b->sources));
	cr_assert(same_strings(a->arguments, a->argument_count, b->arguments,
			       b->argument_count));
	cr_assert(same(a->cflags, b->cflags));
	cr_assert(eq(int, a->optimised, b->optimised));
	cr_assert(eq(int, a->uninitialised, b->uninitialised));
	cr_assert(eq(int, a->leaks, b->leaks));
	cr_assert(same(a->input, b->input));
	cr_assert(same(a->source_hash, b->source_hash));
	cr_assert(same(a->build_id, b->build_id));
	cr_assert(same(a->strategy, b->strategy));
	cr_assert(same(a->note, b->note));
	cr_assert(eq(uint, a->finding, b->finding));
	cr_assert(same_strings(a->watched, a->watched_count, b->watched,
			       b->watched_count));
	cr_assert(same(a->expect, b->expect));
	cr_assert(eq(sz, a->visible_count, b->visible_count));
	for (size_t i = 0; i < a->visible_count; i++) {
		cr_assert(same(a->visible[i].name, b->visible[i].name));
		cr_assert(eq(u64, a->visible[i].bytes, b->visible[i].bytes));
	}
	cr_assert(eq(int, a->clock_is_read, b->clock_is_read));
	assert_same_outcome(&a->outcome, &b->outcome);
	cr_assert(eq(sz, a->schedule.length, b->schedule.length));
	if (a->schedule.length)
		cr_assert(memcmp(a->schedule.at, b->schedule.at,
				 a->schedule.length * sizeof(struct choice)) ==
			  0);
	cr_assert(eq(sz, a->step_count, b->step_count));
	for (size_t i = 0; i < a->step_count; i++)
		assert_same_step(&a->steps[i], &b->steps[i]);
	cr_assert(eq(sz, a->hash_count, b->hash_count));
	for (size_t i = 0; i < a->hash_count; i++)
		cr_assert(eq(u64, a->hashes[i], b->hashes[i]));
	cr_assert(eq(u64, a->final_hash, b->final_hash));
}

static void assert_round_trip(struct trace *trace)
{
	struct trace read;
	struct trace_error error = {0};
	size_t length;
	char *text = sample_text(trace, &length);
	int status = sample_read(text, length, &read, &error);

	cr_assert(eq(int, status, 0), "line %u: %s\n%s", error.line,
		  error.message, text);
	assert_same_trace(trace, &read);
	trace_fini(&read);
	trace_fini(trace);
	free(text);
}

Test(trace_write, keeps_every_field)
{
	struct trace trace = sample_trace();

	assert_round_trip(&trace);
}

Test(trace_write, keeps_long_traces)
{
	static const size_t lengths[] = {0, 1, 1000, 1001, 1024, 9000};

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct trace cut = sample_long_trace(lengths[i], false);
		struct trace full = sample_long_trace(lengths[i], true);

		assert_round_trip(&cut);
		assert_round_trip(&full);
	}
}

/* Values of every size and sign, names of any bytes. */
Test(trace_write, keeps_random_steps)
{
	static const uint64_t sizes[] = {0, 1, 2, 4, 8, 16};
	struct random random;

	random_seed(&random, 5);
	for (unsigned round = 0; round < 500; round++) {
		struct trace trace = sample_long_trace(1, true);
		struct step *step = &trace.steps[0];
		char bytes[6] = "";

		step->size = sizes[random_below(&random, 6)];
		step->before =
			random_next(&random) >> random_below(&random, 64);
		step->after =
			-(random_next(&random) >> random_below(&random, 64));
		step->reads_from = random_next(&random);
		for (unsigned i = random_below(&random, 6); i--;)
			bytes[i] = (char)random_next(&random);
		free(step->object);
		step->object = text_format("%s", bytes);
		free(step->file);
		step->file = text_format("%s", bytes);
		free(step->function);
		step->function = text_format("-%s", bytes);
		trace.final_hash = step_hash(0, step);
		assert_round_trip(&trace);
	}
}

Test(trace_write, keeps_unlimited_numbers_of_threads_apart)
{
	struct trace trace = sample_long_trace(0, true);

	for (uint16_t i = 0; i < 20; i++) {
		struct choice choice = {.thread = i, .alternative = i % 3};
		struct step step = {.number = i,
				    .thread = i,
				    .alternative = i % 3,
				    .op = OP_OUTPUT,
				    .order = ORDER_PLAIN,
				    .reads_from = EVENT_NONE};

		schedule_add(&trace.schedule, choice);
		trace_add_step(&trace, &step, 20, true);
	}
	assert_round_trip(&trace);
}

/* The whole file, so that a change of the format does not go unnoticed:
 * people keep traces. */
Test(trace_write, looks_as_documented)
{
	static const char expected[] =
		"explorer trace 1\n"
		"program counter.c\n"
		"argument 2\n"
		"argument \"\"\n"
		"watch x\n"
		"visible x 4\n"
		"\n"
		"outcome exit\n"
		"status 0\n"
		"value x integer 2\n"
		"output \"x = 2\\n\"\n"
		"\n"
		"schedule 4\n"
		"  T1 T2*2 T1\n"
		"\n"
		"steps 4\n"
		"#  step  thread  operation  object  bytes  value   place\n"
		"      0  T1      read       x           4  1       "
		"increment counter.c:14\n"
		"      1     T2   read       x           4  1       "
		"increment counter.c:14\n"
		"      2     T2   write      x           4  1 -> 2  "
		"increment counter.c:14\n"
		"      3  T1      write      x           4  2       "
		"increment counter.c:14  lost-update\n"
		"\n"
		"end 1c6d5db38f5764cb ee19007c084238f5\n";
	struct trace trace = {
		.program = text_format("counter.c"),
		.finding = FINDING_COUNT,
		.outcome = {.end = END_EXIT, .has_status = true},
	};
	size_t length;
	char *text;

	trace.arguments = calloc(2, sizeof(char *));
	trace.arguments[0] = text_format("2");
	trace.arguments[1] = text_format("%s", "");
	trace.argument_count = 2;
	trace.watched = calloc(1, sizeof(char *));
	trace.watched[0] = text_format("x");
	trace.watched_count = 1;
	trace.visible = calloc(1, sizeof(*trace.visible));
	trace.visible[0] = (struct visible_name){text_format("x"), 4, 0};
	trace.visible_count = 1;
	trace.outcome.values = calloc(1, sizeof(struct value));
	trace.outcome.values[0] = (struct value){
		text_format("x"), text_format("2"), VALUE_INTEGER};
	trace.outcome.value_count = 1;
	trace.outcome.output = (uint8_t *)text_format("x = 2\n");
	trace.outcome.output_length = 6;
	for (uint64_t i = 0; i < 4; i++) {
		struct choice choice = {.thread = i == 0 || i == 3 ? 1 : 2};
		struct step step = {
			.number = i,
			.thread = choice.thread,
			.op = i < 2 ? OP_READ : OP_WRITE,
			.order = ORDER_PLAIN,
			.object = text_format("x"),
			.size = 4,
			.has_values = true,
			.before = i == 3 ? 2 : 1,
			.after = i < 2 ? 1 : 2,
			.reads_from = EVENT_NONE,
			.lost_update = i == 3,
			.function = text_format("increment"),
			.file = text_format("counter.c"),
			.line = 14,
		};

		schedule_add(&trace.schedule, choice);
		trace_add_step(&trace, &step, 4, false);
	}
	text = sample_text(&trace, &length);
	cr_assert(eq(str, text, (char *)expected));
	free(text);
	trace_fini(&trace);
}

Test(trace_write, wraps_the_schedule)
{
	struct trace trace = sample_long_trace(3000, false);
	size_t length;
	char *text = sample_text(&trace, &length);
	char *line = strstr(text, "\nschedule") + 1;
	char *end = strstr(text, "\nsteps");

	while (line < end) {
		size_t width = strcspn(line, "\n");

		cr_assert(le(sz, width, 76));
		line += width + 1;
	}
	free(text);
	trace_fini(&trace);
}

Test(trace_write, a_run_of_two_times_100000_takes_at_most_a_megabyte)
{
	struct trace trace = sample_long_trace(400000, false);
	size_t length;
	char *text = sample_text(&trace, &length);

	cr_assert(le(sz, length, 1000000));
	free(text);
	assert_round_trip(&trace);
}

Test(trace_write, reports_a_full_disk)
{
	struct trace trace = sample_trace();
	FILE *file = fopen("/dev/full", "w");

	cr_assert(eq(int, trace_write(&trace, file), -1));
	cr_assert(eq(int, errno, ENOSPC));
	fclose(file);
	trace_fini(&trace);
}
