/*
 * One trace after the other (see trace_writer.h).
 */
#include "pool/trace_writer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "pool/clock.h"
#include "pool/death.h"
#include "pool/naming.h"
#include "pool/nondeterminism.h"
#include "pool/record.h"
#include "pool/traces.h"

/* Who presses Ctrl-C waits no longer than this for traces. */
#define INTERRUPTED_SECONDS 2.0

static const char *find_saved(const struct trace_writer *writer, uint64_t key)
{
	for (size_t i = 0; i < writer->saved_count; i++) {
		if (writer->saved[i].key == key)
			return writer->saved[i].path;
	}
	return NULL;
}

static void remember_saved(struct trace_writer *writer, uint64_t key,
			   char *path)
{
	void *saved = writer->saved;

	memory_reserve(&saved, &writer->saved_capacity, writer->saved_count + 1,
		       sizeof(*writer->saved));
	writer->saved = saved;
	writer->saved[writer->saved_count++] = (struct saved_trace){key, path};
}

static bool may_write_more(struct trace_writer *writer)
{
	if (pool_interrupted && writer->until == 0)
		writer->until = clock_seconds() + INTERRUPTED_SECONDS;
	return !writer->is_over &&
	       (writer->until == 0 || clock_seconds() < writer->until);
}

static void show_progress(struct trace_writer *writer)
{
	const struct hunt *hunt = writer->hunt;
	const struct search *search = hunt->search;
	double now = clock_seconds();
	struct progress progress = {
		.phase = "writing traces",
		.executions = hunt->is_done ? hunt->done.executions
					    : hunt->seen.executions,
		.outcomes = writer->merged->outcomes.count,
		.findings = writer->merged->findings.count,
		.fraction =
			(double)writer->saved_count / (double)writer->planned,
		.seconds = now - hunt->started,
	};

	if (!search->progress || now < writer->next_progress)
		return;
	writer->next_progress = now + PROGRESS_SECONDS;
	search->progress(search->context, &progress);
}

static void save(struct trace_writer *writer, const struct shown *shown,
		 uint64_t key, struct trace *trace)
{
	const struct search *search = writer->hunt->search;
	const char *kind = shown->finding && !shown->outcome
				   ? finding_name(shown->finding->kind)
				   : NULL;
	char *stem = trace_stem(trace->program, kind, &trace->outcome);
	char *path;

	if (shown->finding) {
		trace->finding = shown->finding->kind;
		trace->note = string_copy(shown->finding->message);
	}
	path = trace_save(trace, search->output_folder, stem);
	if (path) {
		remember_saved(writer, key, path);
	} else {
		writer->is_over = true;
		writer->error =
			text_format("cannot write a trace in '%s': %s",
				    search->output_folder, strerror(errno));
	}
	free(stem);
}

static bool ends_by_clock(enum end_kind end)
{
	return end == END_HANG || end == END_LIMIT;
}

/* What the library has found says more; and one such thing is enough. */
static bool is_known_to_differ(const struct trace_writer *writer)
{
	const struct finding_list *findings = &writer->merged->findings;

	for (size_t i = 0; i < findings->count; i++)
		if (findings->at[i].finding.kind == FINDING_NONDETERMINISM)
			return true;
	return false;
}

static char *with_cause(const struct hunt *hunt, char *difference)
{
	char *sentence = text_format("%s%s%s", difference,
				     hunt->suspect ? NONDETERMINISM_CAUSE
						   : NONDETERMINISM_NO_CAUSE,
				     hunt->suspect ? hunt->suspect : "");

	free(difference);
	return sentence;
}

/* The same schedule did something else. */
static char *describe_difference(const struct shown *shown,
				 const struct followed *followed)
{
	const struct outcome *now = &followed->outcome;

	if (followed->diverged)
		return text_format("the same schedule could not be followed "
				   "beyond step %" PRIu64 " a second time",
				   followed->diverged_step);
	/* A death was recorded before it was known what it left. */
	if (!shown->outcome || !followed->has_outcome || followed->died ||
	    shown->witness->is_fatal || ends_by_clock(shown->outcome->end) ||
	    ends_by_clock(now->end))
		return NULL;
	if (outcome_key(shown->outcome) == outcome_key(now))
		return NULL;
	if (shown->outcome->end != now->end)
		return text_format("the same schedule ended with %s at first, "
				   "and with %s a second time",
				   end_name(shown->outcome->end),
				   end_name(now->end));
	return string_copy("the same schedule had other values or other output "
			   "a second time");
}

/* What was recorded of a death was all that could be known then. */
static void complete_death(struct outcome *outcome,
			   const struct outcome *followed)
{
	char *message = outcome->message;
	uint64_t lost_updates = outcome->lost_updates;

	/* Several deaths in one may have left different values. */
	if (outcome->count != 1 || outcome->value_count > 0 ||
	    outcome->end != followed->end)
		return;
	outcome->message = NULL;
	outcome_fini(outcome);
	*outcome = outcome_copy(followed);
	free(outcome->message);
	outcome->message = message;
	outcome->lost_updates = lost_updates;
}

static void check_sameness(struct trace_writer *writer,
			   const struct shown *shown,
			   const struct followed *followed, const char *path)
{
	struct found_finding item = {
		.finding = {.kind = FINDING_NONDETERMINISM, .count = 1}};

	char *difference = is_known_to_differ(writer)
				   ? NULL
				   : describe_difference(shown, followed);

	if (!difference)
		return;
	item.finding.message = with_cause(writer->hunt, difference);
	item.finding.trace = string_copy(path);
	finding_list_add(&writer->merged->findings, item);
}

/* What was followed tells more of the accesses than the search did. */
static void keep_details(struct trace_writer *writer, struct followed *followed)
{
	struct finding_list *findings = &followed->findings;

	for (size_t i = 0; i < findings->count; i++) {
		struct found_finding *item = &findings->at[i];

		if (item->finding.access_count == 0 &&
		    !item->finding.block.known)
			continue;
		finding_list_add(&writer->followed, *item);
		*item = (struct found_finding){0};
	}
}

static bool same_place(const struct source_place *a,
		       const struct source_place *b)
{
	return a->line == b->line && text_is_same(a->file, b->file) &&
	       text_is_same(a->function, b->function);
}

/* The same block, whoever it was that asked for it: which caller is the
 * program's own turns out only now. */
static bool same_block(const char *a, const char *b)
{
	static const char block[] = "heap block of ";
	const char *from_a = strstr(a, " from ");
	const char *from_b = strstr(b, " from ");

	return strncmp(a, block, sizeof(block) - 1) == 0 && from_a && from_b &&
	       from_a - a == from_b - b &&
	       strncmp(a, b, (size_t)(from_a - a)) == 0 &&
	       text_is_same(strrchr(a, ','), strrchr(b, ','));
}

static bool same_places(const struct finding *a, const struct finding *b)
{
	const struct access *x = a->accesses;
	const struct access *y = b->accesses;

	if (a->access_count == 0 || a->access_count != b->access_count)
		return false;
	if (a->access_count == 1)
		return same_place(&x->place, &y->place);
	return (same_place(&x[0].place, &y[0].place) &&
		same_place(&x[1].place, &y[1].place)) ||
	       (same_place(&x[0].place, &y[1].place) &&
		same_place(&x[1].place, &y[0].place));
}

/* Which local variable it is turns out only now, too. */
static bool same_but_for_name(const struct finding *a, const struct finding *b)
{
	const char *before = a->accesses[0].variable;
	const char *now = b->accesses[0].variable;

	return same_places(a, b) && before && now &&
	       (strncmp(before, "stack ", 6) == 0 || same_block(before, now));
}

/* x += 1 is one place; reading and writing are different things. */
static bool same_operations(const struct finding *a, const struct finding *b)
{
	const struct access *x = a->accesses;
	const struct access *y = b->accesses;

	if (a->access_count != b->access_count)
		return false;
	if (a->access_count == 1)
		return text_is_same(x->operation, y->operation);
	return (text_is_same(x[0].operation, y[0].operation) &&
		text_is_same(x[1].operation, y[1].operation)) ||
	       (text_is_same(x[0].operation, y[1].operation) &&
		text_is_same(x[1].operation, y[0].operation));
}

void trace_writer_complete(struct trace_writer *writer)
{
	struct finding_list *known = &writer->merged->findings;

	for (size_t i = writer->followed.count; i-- > 0;) {
		struct finding *more = &writer->followed.at[i].finding;
		uint64_t key = finding_key(more);

		for (size_t j = 0; j < known->count; j++) {
			struct finding *finding = &known->at[j].finding;

			if (finding->kind == more->kind &&
			    (finding_key(finding) == key ||
			     same_but_for_name(finding, more)) &&
			    same_operations(finding, more)) {
				finding_swap_accesses(finding, more);
				break;
			}
		}
	}
}

/* What hung is followed as far as its schedule goes: there it is cut, lest it
 * run on for as long as it takes to notice a hang. */
static uint64_t steps_to_follow(const struct trace_writer *writer,
				const struct shown *shown, size_t length)
{
	bool hung = shown->outcome && shown->outcome->end == END_HANG;

	return hung ? record_steps_to_hang(length)
		    : writer->hunt->search->max_steps;
}

static bool is_livelock(const struct shown *shown)
{
	return (shown->outcome && shown->outcome->end == END_LIVELOCK) ||
	       (shown->finding && shown->finding->kind == FINDING_LIVELOCK);
}

/* Runs it again and saves what happened. */
static void make_trace(struct trace_writer *writer, const struct shown *shown,
		       uint64_t key)
{
	struct hunt *hunt = writer->hunt;
	struct schedule schedule = {0};
	struct reader reader = reader_of(shown->witness->schedule,
					 shown->witness->schedule_bytes);
	struct visible_set visible = {0};
	struct record_request request = {
		.program = hunt->session->options.program,
		.strategy = hunt->search->strategy,
		.heap_checks = hunt->search->heap_checks,
		.expect = hunt->search->expect,
		.schedule = &schedule,
		.visible = &visible,
		.full_listing = hunt->search->full_listing,
		.until = writer->until,
	};
	struct trace trace;
	struct followed followed;

	schedule_get(&reader, &schedule);
	request.max_steps = steps_to_follow(writer, shown, schedule.length);
	request.livelock = is_livelock(shown);
	request.is_query = shown->outcome && shown->outcome->end == END_STATE;
	found_visible_set(&hunt->found, shown->witness, &visible);
	if (record(hunt->session, &request, &trace, &followed) == 0) {
		if (shown->finding && shown->witness->is_fatal)
			death_locate(shown->finding, &trace);
		if (shown->outcome && shown->witness->is_fatal)
			complete_death(shown->outcome, &followed.outcome);
		if (shown->outcome && shown->outcome->end == END_HANG)
			record_as_hang(&trace.outcome);
		keep_details(writer, &followed);
		save(writer, shown, key, &trace);
		check_sameness(writer, shown, &followed,
			       find_saved(writer, key));
		trace_fini(&trace);
		followed_fini(&followed);
	} else {
		writer->is_over = true;
	}
	schedule_fini(&schedule);
	visible_set_fini(&visible);
}

char *trace_writer_show(struct trace_writer *writer, const struct shown *shown)
{
	uint64_t key;

	if (!shown->witness->schedule)
		return NULL;
	key = found_witness_key(&writer->hunt->found, shown->witness);
	if (!find_saved(writer, key) && may_write_more(writer)) {
		show_progress(writer);
		make_trace(writer, shown, key);
	}
	return string_copy(find_saved(writer, key));
}

void trace_writer_fini(struct trace_writer *writer)
{
	for (size_t i = 0; i < writer->saved_count; i++)
		free(writer->saved[i].path);
	free(writer->saved);
	finding_list_fini(&writer->followed);
}
