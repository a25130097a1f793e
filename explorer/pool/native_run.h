/*
 * One run of the program on real threads.
 *
 *     child ── 1 and 2 ──> pipe ──> output, cut and digested
 *           ── socket ───> OUTCOME, as it exits: the values
 *           ── wait() ───> how it ended
 */
#ifndef EXPLORER_POOL_NATIVE_RUN_H
#define EXPLORER_POOL_NATIVE_RUN_H

#include "pool/session.h"

struct native_options {
	struct session_options session;
	double timeout; /* seconds; 0: none */
	bool is_bare;	/* the library takes no part: nothing to greet */
	void (*tick)(void *context); /* now and then, while it runs */
	void *context;
};

/* Runs it once. *session is opened by the first run and keeps the names; it
 * has a process only while this function runs. Returns 0 with how it ended; -1
 * after complain(), or where the user interrupted. */
int native_run(const struct native_options *options, struct session *session,
	       struct outcome *ret_outcome);

/* If the output says, as the C library does, that an assertion failed: its
 * text, and where. Both are the caller's. */
char *assertion_in_output(const struct outcome *outcome,
			  struct source_place *ret_place);

#endif
