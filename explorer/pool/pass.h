/*
 * One search with one bound, from its process to what it found in names.
 *
 *     pass_begin: session (child, names, watches), hunt
 *     hunt_run, hunt_go_on ...      messages, deaths, limits ─> found
 *     pass_end:                     merge ─> merged
 */
#ifndef EXPLORER_POOL_PASS_H
#define EXPLORER_POOL_PASS_H

#include "pool/hunt.h"
#include "pool/merge.h"

struct pass {
	struct search search; /* its own strategy, else what was asked for */
	struct session session;
	struct hunt hunt;
	/* Once it has ended. */
	struct merged merged;
	size_t suppressed; /* findings */
	unsigned reasons;  /* why it is incomplete */
};

/* A process that waits for its job. Returns 0; -1 after complain(). */
int pass_begin(const struct program *program, const struct search *search,
	       const char *strategy, uint32_t bound, double started,
	       struct pass *ret_pass);

/* Says what was found. */
void pass_end(struct pass *pass);

/* A zeroed one is left alone. */
void pass_fini(struct pass *pass);

/* Whether it did not get to the end of what it set out to do. */
bool pass_is_cut_short(const struct pass *pass);

/* Moves what `other` found and `pass` did not from there into `pass`: findings,
 * warnings, and outcomes where `pass` was cut short; writes their traces. In
 * how many of the executions of `pass` something happens that it did not see is
 * not known: counts are 0. Returns as traces_write() does. */
char *pass_take_over(struct pass *pass, struct pass *other);

#endif
