/*
 * An execution as a picture: a column for each thread, time downwards.
 *
 *     step  T1             T2
 *        3  ● read x = 0   │              count() c.c:14
 *        4  │              ● read x = 0   count() c.c:14
 *        5  │              ● write x = 1  count() c.c:14
 *        6  ● write x = 1  │              count() c.c:14  T2's update is lost
 */
#ifndef EXPLORER_REPORT_INTERLEAVING_H
#define EXPLORER_REPORT_INTERLEAVING_H

#include "report/terminal.h"
#include "trace/trace.h"

/* Unless everything is asked for, the middle of what is longer is left out. */
#define INTERLEAVING_ROWS_MAX 80

/* Draws the steps that the trace lists. Where there are too many threads for
 * the width, the thread stands in front of each step instead. */
void interleaving_print(const struct terminal *terminal,
			const struct trace *trace, bool everything);

/* The steps after which another thread moves, although the one before could
 * have been the same: how often the schedule switches. */
size_t interleaving_switches(const struct trace *trace);

#endif
