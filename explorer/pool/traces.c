/*
 * Which outcomes and findings get a trace (see traces.h).
 */
#include "pool/traces.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "pool/clock.h"
#include "pool/trace_writer.h"

/* After a time limit outcomes may take so long in all, or a part of the limit;
 * findings are not held up. */
#define STOPPED_SECONDS	   2.0
#define STOPPED_TIME_SHARE 0.2

/* An outcome that is to be shown with a trace. */
struct chosen {
	uint64_t key; /* of its witness */
	struct found_outcome *item;
};

struct choice_of_outcomes {
	struct chosen *at; /* in the order in which they are written */
	size_t count;
	size_t lost; /* outcomes whose schedule was not kept */
};

static int compare_interest(const void *left, const void *right)
{
	const struct found_outcome *a = ((const struct chosen *)left)->item;
	const struct found_outcome *b = ((const struct chosen *)right)->item;

	if (a->outcome.unexpected != b->outcome.unexpected)
		return a->outcome.unexpected ? -1 : 1;
	if (a->outcome.count != b->outcome.count)
		return a->outcome.count < b->outcome.count ? -1 : 1;
	return (a > b) - (a < b);
}

static struct choice_of_outcomes choose(struct hunt *hunt,
					struct outcome_list *list)
{
	struct choice_of_outcomes chosen = {
		.at = memory_new(list->count * sizeof(*chosen.at))};

	for (size_t i = 0; i < list->count; i++) {
		if (list->at[i].witness.schedule)
			chosen.at[chosen.count++].item = &list->at[i];
	}
	if (chosen.count > 0)
		qsort(chosen.at, chosen.count, sizeof(*chosen.at),
		      compare_interest);
	chosen.lost = list->count - chosen.count;
	if (chosen.count > hunt->search->max_traces)
		chosen.count = hunt->search->max_traces;
	for (size_t i = 0; i < chosen.count; i++)
		chosen.at[i].key = found_witness_key(
			&hunt->found, &chosen.at[i].item->witness);
	return chosen;
}

/* The chosen outcome that this schedule shows; NULL if it shows none. */
static struct found_outcome *
outcome_shown_by(const struct hunt *hunt,
		 const struct choice_of_outcomes *chosen,
		 const struct witness *witness)
{
	uint64_t key = found_witness_key(&hunt->found, witness);

	for (size_t i = 0; i < chosen->count; i++) {
		if (chosen->at[i].key == key)
			return chosen->at[i].item;
	}
	return NULL;
}

static void trace_finding(struct trace_writer *writer,
			  const struct choice_of_outcomes *chosen,
			  struct found_finding *item)
{
	bool has_own = item->outcome == 0;
	const struct witness *witness =
		has_own ? &item->witness
			: &writer->merged->outcomes.at[item->outcome - 1]
				   .witness;
	struct found_outcome *outcome =
		outcome_shown_by(writer->hunt, chosen, witness);
	struct shown shown = {
		.witness = witness,
		.finding = &item->finding,
		.outcome = outcome ? &outcome->outcome : NULL,
	};

	if (has_own || outcome)
		item->finding.trace = trace_writer_show(writer, &shown);
}

static void trace_findings(struct trace_writer *writer,
			   const struct choice_of_outcomes *chosen)
{
	struct finding_list *findings = &writer->merged->findings;
	/* Nondeterminism may be added on the way, and has its trace. */
	size_t count = findings->count;

	for (size_t i = 0; i < count; i++) {
		struct found_finding item = findings->at[i];

		trace_finding(writer, chosen, &item);
		findings->at[i] = item;
	}
}

static void trace_outcomes(struct trace_writer *writer,
			   const struct choice_of_outcomes *chosen)
{
	for (size_t i = 0; i < chosen->count; i++) {
		struct found_outcome *item = chosen->at[i].item;
		struct shown shown = {.witness = &item->witness,
				      .outcome = &item->outcome};

		item->outcome.trace = trace_writer_show(writer, &shown);
	}
}

static void warn_of_missing(struct hunt *hunt,
			    const struct choice_of_outcomes *chosen)
{
	size_t missing = 0;

	for (size_t i = 0; i < chosen->count; i++)
		missing += !chosen->at[i].item->outcome.trace;
	if (chosen->lost > 0)
		hunt_warn(hunt, text_format("%zu outcomes can have no trace: "
					    "schedules were too long to keep "
					    "all of them",
					    chosen->lost));
	if (missing > 0)
		hunt_warn(hunt, text_format("the traces of %zu outcomes are "
					    "missing: %s",
					    missing,
					    pool_interrupted
						    ? "there was an interrupt"
						    : "time was up"));
}

static void limit_time(struct trace_writer *writer)
{
	const struct hunt *hunt = writer->hunt;
	double seconds = hunt->search->time_limit * STOPPED_TIME_SHARE;

	if (hunt->stop == STOP_TIME && writer->until == 0)
		writer->until =
			clock_seconds() +
			(seconds > STOPPED_SECONDS ? seconds : STOPPED_SECONDS);
}

char *traces_write(struct hunt *hunt, struct merged *merged)
{
	struct trace_writer writer = {.hunt = hunt, .merged = merged};
	struct choice_of_outcomes chosen;

	if (hunt->search->max_traces == 0)
		return NULL;
	chosen = choose(hunt, &merged->outcomes);
	writer.planned = merged->findings.count + chosen.count;
	trace_findings(&writer, &chosen);
	limit_time(&writer);
	trace_outcomes(&writer, &chosen);
	trace_writer_complete(&writer);
	if (!writer.error)
		warn_of_missing(hunt, &chosen);
	free(chosen.at);
	trace_writer_fini(&writer);
	return writer.error;
}
