/*
 * Two searches of one program that take turns.
 *
 * Nobody can tell beforehand which one will come to its end first: reduction,
 * which runs executions, or a search over states. Each has a process of its
 * own, and one of them works at a time, for as many steps as the other:
 *
 *     dpor    ████████            ████████            ██ complete: it answers
 *     states          ████████            ████████
 *                     └ begins only if the first turn was not enough
 *
 * Turns are counted in steps, not in time, so that the same one answers on
 * every run. Both have the same set of visible memory: what one learns is told
 * to the other with its next turn, and both start a new round with it.
 */
#ifndef EXPLORER_POOL_TURNS_H
#define EXPLORER_POOL_TURNS_H

#include "pool/pass.h"

/* Invariant: passes[1] is zeroed if it has not begun. */
struct turns {
	const struct program *program;
	const struct search *search;
	struct pass passes[2];
	struct pass *answer; /* the one whose numbers are reported */
};

/* Runs search->strategy, in turns with search->rival if there is one, until one
 * has come to its end and has decided about races, or all have to stop. Returns
 * 0; -1 after complain(). */
int turns_run(const struct program *program, const struct search *search,
	      uint32_t bound, double started, struct turns *ret_turns);
void turns_fini(struct turns *turns);

/* The other one; NULL if it has not begun. */
struct pass *turns_other(struct turns *turns);

#endif
