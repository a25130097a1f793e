/*
 * One trace after the other: a schedule is run again, what it does is saved,
 * and compared with what it did before.
 *
 * A schedule is run and saved once, however many findings and outcomes it
 * shows.
 */
#ifndef EXPLORER_POOL_TRACE_WRITER_H
#define EXPLORER_POOL_TRACE_WRITER_H

#include <stdbool.h>

#include "pool/hunt.h"
#include "pool/merge.h"

/* A trace that was saved, and the schedule that it is of. */
struct saved_trace {
	uint64_t key; /* found_witness_key() */
	char *path;
};

struct trace_writer {
	struct hunt *hunt;
	struct merged *merged; /* nondeterminism is added to its findings */
	size_t planned;	       /* traces at most: for the progress line */
	double next_progress;
	double until; /* 0: no limit */
	bool is_over; /* no more traces, whatever the reason */
	char *error;  /* the sentence that says why, or NULL */

	struct saved_trace *saved;
	size_t saved_count;
	size_t saved_capacity;
	struct finding_list followed; /* findings of the runs made */
};

/* What a trace is to show: a finding, an outcome, or both; the file is then
 * named after the outcome. */
struct shown {
	const struct witness *witness;
	struct finding *finding;
	struct outcome *outcome;
};

/* The path of a trace that shows it, made now if there is none yet; NULL if
 * none can be had. The caller's. */
char *trace_writer_show(struct trace_writer *writer, const struct shown *shown);

/* Completes the findings by what was seen in the runs made for traces. Called
 * when there is nothing more to show. */
void trace_writer_complete(struct trace_writer *writer);

void trace_writer_fini(struct trace_writer *writer);

#endif
