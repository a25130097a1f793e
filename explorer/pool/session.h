/*
 * A child process together with what is needed to understand it: the names of
 * its modules, and where the watched variables lie.
 *
 * The process may be replaced by a new one (session_restart()); names and
 * watches stay.
 */
#ifndef EXPLORER_POOL_SESSION_H
#define EXPLORER_POOL_SESSION_H

#include <stddef.h>

#include "pool/child.h"
#include "pool/expectation.h"
#include "symbols/symbols.h"

/* Invariants:
 * 1. watches and places have watch_count elements, one for one.
 * 2. symbols is not NULL. */
struct session {
	struct child_options options;
	struct child child;
	struct symbols *symbols;
	struct watch *watches;
	struct watch_place *places;
	size_t watch_count;
	struct expression *expectation; /* NULL: none */
	struct expression *wanted;	/* likewise: --find */
	struct expression *query;	/* likewise: --find-state */
	/* The same as the library takes it. */
	struct buffer query_bytes;
	struct query_name *query_names;
};

struct session_options {
	struct child_options child;
	const char *const *watches; /* names */
	size_t watch_count;
	const char *expect;	/* its names are watched as well; or NULL */
	const char *find;	/* likewise */
	const char *find_state; /* likewise */
	/* What a watch that cannot be resolved is blamed on: put before the
	 * sentence, such as "the trace is of another program: "; or "". */
	const char *blame;
};

/* Starts a child, greets it, and resolves the watches. Returns 0; or -1 after
 * complain() (not where the user interrupted). */
int session_open(const struct session_options *options,
		 struct session *ret_session);

/* Ends the process, if there is one, and starts another. Returns 0; or -1
 * after complain(), and then the session has no process. */
int session_restart(struct session *session);

void session_close(struct session *session);

/* A job with the watches filled in; they stay the session's. */
struct job session_job(const struct session *session, enum job_kind kind);

#endif
