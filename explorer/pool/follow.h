/*
 * One schedule, run again (JOB_FOLLOW).
 */
#ifndef EXPLORER_POOL_FOLLOW_H
#define EXPLORER_POOL_FOLLOW_H

#include <stdbool.h>
#include <stdint.h>

#include "pool/found.h"
#include "pool/session.h"

struct follow_request {
	const struct schedule *schedule;
	const struct visible_set *visible;
	uint64_t max_steps;
	const char *strategy; /* of the search that made the schedule */
	unsigned heap_checks; /* set of enum heap_checks; likewise */
	bool livelock; /* where the schedule ends, no end can be reached */
	bool is_query; /* that is the state that was looked for */
	/* Known to kill a process: the run ends there instead. Or NULL. */
	const struct fatal *fatal;
	double until; /* clock_seconds() at which to give up; 0: never */
	/* Called with each step as it happens. */
	void (*step)(void *context, const struct event *event);
	void *context;
};

/* Invariants:
 * 1. outcome is valid only if has_outcome; a process that died has one, without
 *    values.
 * 2. fatal is what it died of, if it died. */
struct followed {
	bool died;
	struct fatal fatal;
	bool has_outcome;
	struct outcome outcome;
	struct finding_list findings; /* named; no witnesses */
	bool diverged; /* the schedule was not possible at diverged_step */
	uint64_t diverged_step;
	char *unsupported; /* the function that stopped it, or NULL */
};

/* Starts a new process if the session has none. Returns 0 with *ret_followed;
 * -1 if the run could not be had: after complain(), unless time was up or the
 * user interrupted. */
int follow(struct session *session, const struct follow_request *request,
	   struct followed *ret_followed);
void followed_fini(struct followed *followed);

#endif
