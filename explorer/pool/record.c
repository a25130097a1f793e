/*
 * One schedule, run again and written down.
 */
#include "pool/record.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/text.h"
#include "pool/death.h"
#include "pool/naming.h"
#include "symbols/elf.h"

struct recorder {
	struct symbols *symbols;
	struct trace trace;
	uint64_t total;
	bool full;
};

static void record_step(void *context, const struct event *event)
{
	struct recorder *recorder = context;
	struct step step = step_named(recorder->symbols, event);
	struct choice choice = {.thread = (uint16_t)event->thread,
				.alternative = (uint16_t)event->alternative};

	/* What ended by the clock may go on for longer a second time. */
	if (event->step >= recorder->trace.schedule.length)
		schedule_add(&recorder->trace.schedule, choice);
	trace_add_step(&recorder->trace, &step, recorder->total,
		       recorder->full);
}

static char **strings_copy(char *const *strings, size_t count)
{
	char **copy = memory_new(count * sizeof(*copy));

	for (size_t i = 0; i < count; i++)
		copy[i] = string_copy(strings[i]);
	return copy;
}

static bool add_file(struct buffer *bytes, const char *path)
{
	FILE *file = fopen(path, "re");
	char piece[4096];
	size_t length;
	bool whole;

	if (!file)
		return false;
	while ((length = fread(piece, 1, sizeof(piece), file)) > 0)
		buffer_put(bytes, piece, length);
	whole = !ferror(file);
	fclose(file);
	return whole;
}

/* The digest of the sources' bytes in hex; NULL if there are none, or one
 * cannot be read. */
static char *hash_sources(const char *sources)
{
	char *names = string_copy(sources);
	char *rest = names;
	struct buffer bytes = {0};
	bool read = names;
	char *hash = NULL;

	while (read && rest) {
		const char *name = strsep(&rest, " ");

		if (*name)
			read = add_file(&bytes, name);
	}
	if (read)
		hash = text_format("%016" PRIx64,
				   hash_bytes(bytes.data, bytes.length, 0));
	buffer_fini(&bytes);
	free(names);
	return hash;
}

static char *build_id_of(const char *executable)
{
	struct elf_facts facts = {0};

	elf_inspect(executable, &facts);
	return *facts.build_id ? string_copy(facts.build_id) : NULL;
}

static void describe_program(struct trace *trace,
			     const struct record_request *request)
{
	const struct program *program = request->program;

	trace->version = TRACE_VERSION;
	trace->program = string_copy(program->name);
	trace->sources = string_copy(program->sources);
	trace->arguments =
		strings_copy(program->arguments, program->argument_count);
	trace->argument_count = program->argument_count;
	trace->cflags = string_copy(program->cflags);
	trace->optimised = program->optimised;
	trace->input = string_copy(program->input);
	trace->source_hash = hash_sources(program->sources);
	trace->build_id = build_id_of(program->executable);
	trace->strategy = string_copy(request->strategy);
	trace->uninitialised = request->heap_checks & HEAP_CHECKS_UNINITIALISED;
	trace->leaks = request->heap_checks & HEAP_CHECKS_LEAKS;
	trace->expect = string_copy(request->expect);
	trace->finding = FINDING_COUNT;
}

static void describe_watched(struct trace *trace, const struct session *session)
{
	trace->watched_count = session->watch_count;
	trace->watched =
		memory_new(session->watch_count * sizeof(*trace->watched));
	for (size_t i = 0; i < session->watch_count; i++)
		trace->watched[i] = string_copy(session->watches[i].name);
}

static void describe_visible(struct trace *trace, struct symbols *symbols,
			     const struct visible_set *visible)
{
	trace->clock_is_read = visible->clock_is_read;
	trace->visible_count = visible->range_count;
	trace->visible =
		memory_new(visible->range_count * sizeof(*trace->visible));
	for (uint32_t i = 0; i < visible->range_count; i++) {
		const struct visible_range *range = &visible->ranges[i];

		trace->visible[i] = (struct visible_name){
			.name = name_of_object(symbols, range->start,
					       range->bytes),
			.bytes = range->bytes,
			.block = range->block,
		};
	}
}

struct outcome outcome_copy(const struct outcome *outcome)
{
	struct outcome copy = *outcome;

	copy.values = memory_new(copy.value_count * sizeof(*copy.values));
	for (size_t i = 0; i < copy.value_count; i++)
		copy.values[i] = (struct value){
			.name = string_copy(outcome->values[i].name),
			.text = string_copy(outcome->values[i].text),
			.kind = outcome->values[i].kind,
		};
	copy.output = memory_new(copy.output_length);
	if (copy.output_length)
		memcpy(copy.output, outcome->output, copy.output_length);
	copy.message = string_copy(outcome->message);
	copy.trace = string_copy(outcome->trace);
	return copy;
}

uint64_t record_steps_to_hang(size_t schedule_length)
{
	return schedule_length > 0 ? schedule_length : 1;
}

void record_as_hang(struct outcome *outcome)
{
	if (outcome->end == END_LIMIT)
		outcome->end = END_HANG;
}

static int follow_recording(struct session *session,
			    const struct record_request *request,
			    const struct fatal *fatal, struct trace *ret_trace,
			    struct followed *ret_followed)
{
	struct recorder recorder = {.symbols = session->symbols,
				    .total = request->schedule->length,
				    .full = request->full_listing};
	struct follow_request followed = {.schedule = request->schedule,
					  .visible = request->visible,
					  .max_steps = request->max_steps,
					  .strategy = request->strategy,
					  .heap_checks = request->heap_checks,
					  .livelock = request->livelock,
					  .is_query = request->is_query,
					  .fatal = fatal,
					  .until = request->until,
					  .step = record_step,
					  .context = &recorder};

	schedule_set(&recorder.trace.schedule, request->schedule->at,
		     request->schedule->length);
	if (follow(session, &followed, ret_followed) != 0) {
		trace_fini(&recorder.trace);
		return -1;
	}
	*ret_trace = recorder.trace;
	return 0;
}

static void add_death(struct followed *followed, const char *message,
		      const struct trace *trace)
{
	struct found_finding item = {
		.finding = {.kind = FINDING_CRASH, .count = 1}};

	item.finding.message = string_copy(message);
	death_locate(&item.finding, trace);
	finding_list_add(&followed->findings, item);
}

/* A process that dies takes its last words with it. So another one follows the
 * same schedule, told that it is fatal: it stops on the brink and says what it
 * sees. Where that fails, what the first one said is left. */
static void follow_to_the_brink(struct session *session,
				const struct record_request *request,
				struct trace *trace, struct followed *followed)
{
	struct trace to_brink;
	struct followed on_brink;

	if (followed->fatal.schedule.length == 0 ||
	    follow_recording(session, request, &followed->fatal, &to_brink,
			     &on_brink) != 0)
		return;
	if (on_brink.died || !on_brink.has_outcome ||
	    on_brink.outcome.end != followed->fatal.end) {
		trace_fini(&to_brink);
		followed_fini(&on_brink);
		return;
	}
	if (on_brink.outcome.end != END_HANG)
		add_death(&on_brink, followed->outcome.message, &to_brink);
	trace_fini(trace);
	followed_fini(followed);
	*trace = to_brink;
	*followed = on_brink;
}

int record(struct session *session, const struct record_request *request,
	   struct trace *ret_trace, struct followed *ret_followed)
{
	struct trace trace;
	struct followed followed;

	if (follow_recording(session, request, NULL, &trace, &followed) != 0)
		return -1;
	if (followed.died)
		follow_to_the_brink(session, request, &trace, &followed);
	describe_program(&trace, request);
	describe_watched(&trace, session);
	describe_visible(&trace, session->symbols, request->visible);
	if (followed.has_outcome)
		trace.outcome = outcome_copy(&followed.outcome);
	*ret_trace = trace;
	*ret_followed = followed;
	return 0;
}
