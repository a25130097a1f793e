/*
 * Steps as a table that is read downwards, time passing, with a lane for each
 * thread (private to trace/):
 *
 *     # step  thread  operation  object  bytes  value   place
 *          0  T1      read       x       4      2       add c.c:14
 *          1     T2   read       x       4      2       add c.c:14
 *          2  T1      write      x       4      2 -> 3  add c.c:14
 *          3     T2   write      x       4      3       add c.c:14  lost-update
 *
 * Blanks carry no meaning; "-" stands where there is nothing.
 */
#ifndef EXPLORER_TRACE_TRACE_TABLE_H
#define EXPLORER_TRACE_TRACE_TABLE_H

#include "base/buffer.h"
#include "trace/trace.h"

/* More threads than this share one lane. */
#define STEP_LANES_MAX 8

enum step_column {
	STEP_NUMBER,
	STEP_THREAD,
	STEP_OPERATION,
	STEP_OBJECT,
	STEP_BYTES,
	STEP_VALUE,
	STEP_PLACE,
	STEP_REMARKS,
	STEP_COLUMNS
};

struct step_table {
	size_t widths[STEP_COLUMNS];
	uint32_t threads[STEP_LANES_MAX]; /* of the lanes, increasing */
	size_t lane_count;		  /* 0: too many threads */
	struct buffer cell;		  /* being put together */
};

/* Measures the steps, which need not be the trace's own. */
void step_table_init(struct step_table *table, const struct step *steps,
		     size_t count);
void step_table_fini(struct step_table *table);
/* Appends the line of titles, a comment; without a line break. */
void step_table_put_titles(const struct step_table *table, struct buffer *line);
/* Appends the step's line, without a line break. */
void step_table_put(struct step_table *table, const struct step *step,
		    struct buffer *line);

#endif
