/*
 * A whole search of a program of tests/engine/toy.h, and what it came to.
 */
#ifndef TESTS_STRATEGY_SEARCHED_H
#define TESTS_STRATEGY_SEARCHED_H

#include "strategy/strategy.h"

/* What a search is judged by: all counts. */
struct searched {
	uint64_t executions;
	uint64_t transitions;
	unsigned incomplete_because;
	size_t outcome_count;
	struct outcome_count outcomes[64];
	size_t finding_count;
	uint64_t findings[64]; /* counts */
};

/* Searches the program that toy_start() has set up, in one go. */
struct searched search_through(const struct strategy *strategy,
			       const struct strategy_options *options);

/* The same; but after each execution the search is saved, thrown away, and
 * loaded, as if in another process. */
struct searched search_in_pieces(const struct strategy *strategy,
				 const struct strategy_options *options);

/* The test fails unless they are equal in everything. */
void searched_expect_equal(const struct searched *a, const struct searched *b);

#endif
