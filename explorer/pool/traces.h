/*
 * The traces of a search: which outcomes and findings get one, and their files.
 *
 * Outcomes get search->max_traces of them, those that contradict --expect
 * first, and among these and the others the rarest. An unexpected value has its
 * outcome's trace; any other finding gets one, which does not count. What the
 * same schedule shows shares one file, which is named after the outcome if that
 * is shown with it, after the kind of the finding otherwise.
 *
 *     schedule   findings    outcomes         traces (of 1)
 *     s1         data-race   x=4  (count 9)   counter-data-race-1
 *     s2         -           x=2  (count 1)   counter-x=2-1
 */
#ifndef EXPLORER_POOL_TRACES_H
#define EXPLORER_POOL_TRACES_H

#include "pool/hunt.h"
#include "pool/merge.h"

/* Runs what was found again and saves the traces: all of the findings' first.
 * Fills in the `trace` paths, and the place of a death. A schedule that does
 * something else this time adds a nondeterminism finding; outcomes that go
 * without a trace for want of time or memory, a warning. Returns NULL, or the
 * sentence that says why a trace could not be written (the caller's); no more
 * are written then. */
char *traces_write(struct hunt *hunt, struct merged *merged);

/* A trace file's name without number and ending: "counter-x=2". what is the
 * kind of a finding, or NULL to say the outcome. The caller's. */
char *trace_stem(const char *program, const char *what,
		 const struct outcome *outcome);

#endif
