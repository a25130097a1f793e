/*
 * The traces of a search (see traces.h).
 */
#include "pool/traces.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/text.h"
#include "pool/clock.h"
#include "pool/death.h"
#include "pool/naming.h"
#include "pool/record.h"

/* Who presses Ctrl-C waits no longer than this for traces; after a time limit
 * it is this, or a part of the limit, and only those of findings may take
 * longer. */
#define STOPPED_SECONDS	   2.0
#define STOPPED_TIME_SHARE 0.2

/* A trace that was saved, and the schedule that it is of. */
struct saved {
	uint64_t key;
	char *path;
};

struct writer {
	struct hunt *hunt;
	struct merged *merged;
	struct saved *saved;
	size_t saved_count;
	size_t saved_capacity;
	double until; /* 0: no limit */
	char *error;
	bool is_over; /* no more traces, whether there is an error or not */
};

/* What a trace is to show: a finding, an outcome, or both. */
struct shown {
	const struct witness *witness;
	struct finding *finding;
	const struct outcome *outcome;
};

static uint64_t witness_key(const struct witness *witness)
{
	return hash_bytes(witness->schedule, witness->schedule_bytes,
			  witness->visible);
}

static const char *find_saved(const struct writer *writer, uint64_t key)
{
	for (size_t i = 0; i < writer->saved_count; i++) {
		if (writer->saved[i].key == key)
			return writer->saved[i].path;
	}
	return NULL;
}

static void remember_saved(struct writer *writer, uint64_t key, char *path)
{
	void *saved = writer->saved;

	memory_reserve(&saved, &writer->saved_capacity, writer->saved_count + 1,
		       sizeof(*writer->saved));
	writer->saved = saved;
	writer->saved[writer->saved_count++] = (struct saved){key, path};
}

static bool may_write_more(struct writer *writer)
{
	if (pool_interrupted && writer->until == 0)
		writer->until = clock_seconds() + STOPPED_SECONDS;
	return !writer->is_over &&
	       writer->saved_count < writer->hunt->search->max_traces &&
	       (writer->until == 0 || clock_seconds() < writer->until);
}

static void show_progress(const struct writer *writer)
{
	const struct search *search = writer->hunt->search;
	struct progress progress = {
		.phase = "writing traces",
		.executions = writer->hunt->is_done
				      ? writer->hunt->done.executions
				      : writer->hunt->seen.executions,
		.outcomes = writer->merged->outcomes.count,
		.findings = writer->merged->findings.count,
		.fraction = -1,
		.seconds = clock_seconds() - writer->hunt->started,
	};

	if (search->progress)
		search->progress(search->context, &progress);
}

static void save(struct writer *writer, const struct shown *shown,
		 struct trace *trace)
{
	const struct search *search = writer->hunt->search;
	bool named_by_kind = shown->finding &&
			     shown->finding->kind != FINDING_UNEXPECTED_VALUE;
	char *stem = trace_stem(
		trace->program,
		named_by_kind ? finding_name(shown->finding->kind) : NULL,
		&trace->outcome);
	char *path;

	if (shown->finding) {
		trace->finding = shown->finding->kind;
		trace->note = string_copy(shown->finding->message);
	}
	path = trace_save(trace, search->output_folder, stem);
	if (path) {
		remember_saved(writer, witness_key(shown->witness), path);
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

static void check_sameness(struct writer *writer, const struct shown *shown,
			   const struct followed *followed, const char *path)
{
	struct found_finding item = {
		.finding = {.kind = FINDING_NONDETERMINISM, .count = 1}};

	item.finding.message = describe_difference(shown, followed);
	if (!item.finding.message)
		return;
	item.finding.trace = string_copy(path);
	finding_list_add(&writer->merged->findings, item);
}

/* What hung is followed as far as its schedule goes: there it is cut, lest it
 * run on for as long as it takes to notice a hang. */
static uint64_t steps_to_follow(const struct writer *writer,
				const struct shown *shown, size_t length)
{
	bool hung = shown->outcome && shown->outcome->end == END_HANG;

	return hung ? record_steps_to_hang(length)
		    : writer->hunt->search->max_steps;
}

/* Runs it again and saves what happened. */
static void make_trace(struct writer *writer, const struct shown *shown)
{
	struct hunt *hunt = writer->hunt;
	struct schedule schedule = {0};
	struct reader reader = reader_of(shown->witness->schedule,
					 shown->witness->schedule_bytes);
	struct visible_set visible = {0};
	struct record_request request = {
		.program = hunt->session->options.program,
		.strategy = hunt->search->strategy,
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
	found_visible_set(&hunt->found, shown->witness, &visible);
	if (record(hunt->session, &request, &trace, &followed) == 0) {
		if (shown->finding && shown->witness->is_fatal)
			death_locate(shown->finding, &trace);
		if (shown->outcome && shown->outcome->end == END_HANG)
			record_as_hang(&trace.outcome);
		save(writer, shown, &trace);
		check_sameness(writer, shown, &followed,
			       find_saved(writer, witness_key(shown->witness)));
		trace_fini(&trace);
		followed_fini(&followed);
	} else {
		writer->is_over = true;
	}
	schedule_fini(&schedule);
	visible_set_fini(&visible);
}

/* The path of a trace that shows it, made now if there is none yet; NULL if
 * there is to be none. */
static char *trace_for(struct writer *writer, const struct shown *shown)
{
	uint64_t key;

	if (!shown->witness->schedule)
		return NULL;
	key = witness_key(shown->witness);
	if (!find_saved(writer, key) && may_write_more(writer)) {
		show_progress(writer);
		make_trace(writer, shown);
	}
	return string_copy(find_saved(writer, key));
}

static void trace_findings(struct writer *writer)
{
	/* Nondeterminism may be added on the way, and has its trace. */
	size_t count = writer->merged->findings.count;

	for (size_t i = 0; i < count; i++) {
		struct found_finding item = writer->merged->findings.at[i];
		struct found_outcome *outcome =
			item.outcome
				? &writer->merged->outcomes.at[item.outcome - 1]
				: NULL;
		struct shown shown = {
			.witness = outcome ? &outcome->witness : &item.witness,
			.finding = &item.finding,
			.outcome = outcome ? &outcome->outcome : NULL,
		};

		item.finding.trace = trace_for(writer, &shown);
		writer->merged->findings.at[i] = item;
	}
}

static int compare_rarity(const void *left, const void *right)
{
	const struct found_outcome *a = *(struct found_outcome *const *)left;
	const struct found_outcome *b = *(struct found_outcome *const *)right;

	if (a->outcome.count != b->outcome.count)
		return a->outcome.count < b->outcome.count ? -1 : 1;
	return (a > b) - (a < b);
}

static void limit_time(struct writer *writer)
{
	const struct hunt *hunt = writer->hunt;
	double seconds = hunt->search->time_limit * STOPPED_TIME_SHARE;

	if (hunt->stop == STOP_TIME && writer->until == 0)
		writer->until =
			clock_seconds() +
			(seconds > STOPPED_SECONDS ? seconds : STOPPED_SECONDS);
}

static void trace_outcomes(struct writer *writer)
{
	struct outcome_list *list = &writer->merged->outcomes;
	struct found_outcome **rarest =
		memory_new(list->count * sizeof(*rarest));

	for (size_t i = 0; i < list->count; i++)
		rarest[i] = &list->at[i];
	if (list->count)
		qsort(rarest, list->count, sizeof(struct found_outcome *),
		      compare_rarity);
	for (size_t i = 0; i < list->count; i++) {
		struct shown shown = {.witness = &rarest[i]->witness,
				      .outcome = &rarest[i]->outcome};

		rarest[i]->outcome.trace = trace_for(writer, &shown);
	}
	free(rarest);
}

char *traces_write(struct hunt *hunt, struct merged *merged)
{
	struct writer writer = {.hunt = hunt, .merged = merged};

	trace_findings(&writer);
	limit_time(&writer);
	trace_outcomes(&writer);
	for (size_t i = 0; i < writer.saved_count; i++)
		free(writer.saved[i].path);
	free(writer.saved);
	return writer.error;
}
