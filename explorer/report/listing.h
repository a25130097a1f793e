/*
 * What show and replay say to a person: what the trace is of, the picture of
 * its steps, how it ended.
 */
#ifndef EXPLORER_REPORT_LISTING_H
#define EXPLORER_REPORT_LISTING_H

#include "report/terminal.h"
#include "trace/trace.h"

/* A trace that was read from `path`. */
void listing_print(const struct terminal *terminal, const char *path,
		   const struct trace *trace, bool everything);

/* What a replay compared. */
struct listing_replay {
	const char *path;
	const struct trace *expected; /* the trace */
	const struct trace *actual;   /* what this run did */
	const struct result *result;
	bool reproduced;
	uint64_t step; /* of the divergence */
	const char *expected_step;
	const char *actual_step;
	bool everything;
};
void listing_print_replay(const struct terminal *terminal,
			  const struct listing_replay *replay);

#endif
