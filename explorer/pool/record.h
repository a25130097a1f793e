/*
 * One schedule, run again and written down: a struct trace, with names.
 */
#ifndef EXPLORER_POOL_RECORD_H
#define EXPLORER_POOL_RECORD_H

#include "pool/follow.h"
#include "trace/trace.h"

struct record_request {
	const struct program *program;
	const char *strategy; /* that found it */
	const char *expect;   /* or NULL */
	const struct schedule *schedule;
	const struct visible_set *visible;
	uint64_t max_steps;
	unsigned heap_checks; /* likewise */
	bool livelock;	      /* likewise */
	bool is_query;	      /* likewise */
	bool full_listing;
	double until; /* as in struct follow_request */
};

/* Returns 0 with the trace (finding and note are left empty) and what following
 * the schedule showed; -1 as follow() does. A schedule that kills the process
 * is followed once more by one that stops before it: *ret_followed then has the
 * values that the death leaves, and the finding. Where even that one died, the
 * trace has the steps that were reported, and its outcome is the death. */
int record(struct session *session, const struct record_request *request,
	   struct trace *ret_trace, struct followed *ret_followed);

/* A hang is noticed by the clock, at a step that is another each time. So it is
 * recorded, and replayed, up to the last step of its schedule: max_steps for
 * that, and what then ended by the limit, or hung again, taken as the hang. */
uint64_t record_steps_to_hang(size_t schedule_length);
void record_as_hang(struct outcome *outcome);

/* One operation in names; the strings are the caller's. */
struct step step_named(struct symbols *symbols, const struct event *event);

/* Copies of an outcome with all it owns. */
struct outcome outcome_copy(const struct outcome *outcome);

#endif
