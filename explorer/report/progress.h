/*
 * The progress line: one line on standard error, on a terminal only, redrawn
 * in place and gone before anything else is printed.
 *
 *     round 2  1,234,567 executions of about 2 million to 4.1 million, ...
 *     searching  2,310,927 states, 4,100,000 transitions/s, 64 MB,
 *     frontier 118, 59 outcomes
 */
#ifndef EXPLORER_REPORT_PROGRESS_H
#define EXPLORER_REPORT_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "trace/result.h"

/* How far a search has come. */
struct progress_figures {
	const char *phase;
	uint64_t executions;
	uint64_t planned; /* 0: unknown */
	double per_second;
	/* Where states are visited; else 0. */
	uint64_t states;
	double transitions_per_second;
	uint64_t memory;   /* bytes that they take */
	uint64_t frontier; /* those with steps still to be made */
	uint64_t outcomes;
	uint64_t findings;
	double fraction;       /* of the search, 0 .. 1; negative: unknown */
	struct guess estimate; /* of the executions in all */
	double seconds;
};

/* True if standard error is a terminal on which a line can be redrawn. */
bool progress_is_possible(void);

/* Whether there is a line now. Zeroed: there is none. */
struct progress_line {
	bool drawn;
};

/* Draws the line anew. From then on complain() and remark() clear it first. */
void progress_draw(struct progress_line *line,
		   const struct progress_figures *figures);

/* Takes the line away, if there is one. */
void progress_clear(struct progress_line *line);

/* Appends what the line says. */
void progress_words(struct buffer *text,
		    const struct progress_figures *figures);

#endif
