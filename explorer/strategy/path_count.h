/*
 * How many interleavings end in which outcome: the number of paths from the
 * initial state to each end, in the graph of all states.
 */
#ifndef EXPLORER_STRATEGY_PATH_COUNT_H
#define EXPLORER_STRATEGY_PATH_COUNT_H

#include "strategy/state_graph.h"

/* Of a closed graph without cycles. For each outcome so many words, the lowest
 * first, to be freed by memory_free(). */
uint64_t *path_count(const struct state_graph *graph, size_t outcomes,
		     uint32_t *ret_words);

#endif
