/*
 * The traces of a search: which outcomes and findings get one, and their files.
 */
#ifndef EXPLORER_POOL_TRACES_H
#define EXPLORER_POOL_TRACES_H

#include "pool/hunt.h"
#include "pool/merge.h"

/*
 * Runs again what was found, findings first and then the outcomes from the
 * rarest on, and saves at most search->max_traces traces; a finding and an
 * outcome that the same schedule shows share one. Fills in the `trace` paths,
 * and the place of a death. A schedule that does something else this time adds
 * a nondeterminism finding. Returns NULL, or the sentence that says why a
 * trace could not be written (the caller's); no more are written then.
 */
char *traces_write(struct hunt *hunt, struct merged *merged);

/* A trace file's name without number and ending: "counter-x=2". what is the
 * kind of a finding, or NULL to say the outcome. The caller's. */
char *trace_stem(const char *program, const char *what,
		 const struct outcome *outcome);

#endif
