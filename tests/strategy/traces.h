/*
 * The traces that a search of a program of tests/engine/toy.h runs.
 */
#ifndef TESTS_STRATEGY_TRACES_H
#define TESTS_STRATEGY_TRACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "strategy/strategy.h"
#include "trace/operation.h"

#define OUTCOMES_MAX 64U

/* Mazurkiewicz traces, sorted, each once. */
struct traces {
	uint64_t *at;
	size_t count;
	size_t capacity;
	size_t executions;
	uint64_t blocked;
	/* Of executions that no limit has cut. */
	uint64_t outcomes[OUTCOMES_MAX];
	size_t outcome_count;
	unsigned reasons;
	bool occurred[OP_COUNT]; /* as announced, or as results */
};

/* Runs a whole search of what was drawn. False if it has more executions than
 * that. */
bool traces_run(const struct strategy *strategy, struct bound bound,
		size_t executions_max, struct traces *ret_traces);
/* The same, where any thread may move some other one first. */
bool traces_run_preferring(const struct strategy *strategy, struct bound bound,
			   uint64_t preference, size_t executions_max,
			   struct traces *ret_traces);
void traces_fini(struct traces *traces);
bool traces_are_same(const struct traces *a, const struct traces *b);

#endif
