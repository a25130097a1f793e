/*
 * What check, sample and native say to a person.
 *
 *     models/counter.c  all schedules ...   what was run, and how much of it
 *
 *       x = 2  ███                          the chart (report/chart.h)
 *
 *     data race on x                        each finding, with its places
 *
 *     FINDINGS  1 data race                 the verdict, and how far it goes
 *
 *     run it again: explorer replay ...     what to type next
 */
#ifndef EXPLORER_REPORT_SUMMARY_H
#define EXPLORER_REPORT_SUMMARY_H

#include "base/buffer.h"
#include "report/terminal.h"
#include "trace/result.h"

/* `quiet` leaves out what to type next. */
void summary_print(const struct terminal *terminal, const struct result *result,
		   bool quiet);

/* The parts. */

/* Each finding, its places and its trace. */
void findings_print(const struct terminal *terminal,
		    const struct result *result);
/* The verdict, what it rests on, and why it does not say more. */
void verdict_print(const struct terminal *terminal,
		   const struct result *result);
/* The trace that a person should look at first: of a failure, else of a lost
 * update (the rarest), else of a race, else of any outcome; NULL if there is
 * none. */
const char *summary_best_trace(const struct result *result);

/* Appends "1 data race, 2 deadlocks". */
void findings_count(struct buffer *text, const struct result *result);

#endif
