/*
 * Counting paths. See path_count.h.
 *
 * A node has as many paths as the nodes before it have together, so nodes are
 * taken in an order in which all of those come first (Kahn, CACM 1962).
 * Numbers have a fixed number of words; if one turns out to be too small for
 * that, all is done again with twice as many.
 */
#include "strategy/path_count.h"

#include <string.h>

#include "base/memory.h"

/* to += from. Returns false if the sum does not fit. */
static bool add(uint64_t *to, const uint64_t *from, uint32_t words)
{
	uint64_t carry = 0;

	for (uint32_t i = 0; i < words; i++) {
		uint64_t sum = to[i] + from[i];
		uint64_t more = sum + carry;

		carry = (sum < from[i]) | (more < sum);
		to[i] = more;
	}
	return carry == 0;
}

/* The nodes, each after all that lead to it. */
static uint32_t *sort(const struct state_graph *graph)
{
	uint32_t *order = memory_new(graph->node_count * sizeof(*order));
	uint32_t *before = memory_new(graph->node_count * sizeof(*before));
	size_t count = 1;

	for (size_t i = 0; i < graph->edge_count; i++)
		before[graph->edges[i].to]++;
	for (size_t i = 0; i < count; i++) {
		uint32_t node = order[i];

		for (size_t e = graph->first[node]; e < graph->first[node + 1];
		     e++)
			if (--before[graph->edges[e].to] == 0)
				order[count++] = graph->edges[e].to;
	}
	memory_free(before, graph->node_count * sizeof(*before));
	return order;
}

/* Returns false if a number does not fit into so many words. */
static bool count_paths(const struct state_graph *graph, const uint32_t *order,
			size_t outcomes, uint32_t words, uint64_t *paths,
			uint64_t *by_outcome)
{
	paths[0] = 1;
	for (size_t i = 0; i < graph->node_count; i++) {
		uint32_t node = order[i];
		const uint64_t *here = paths + (size_t)node * words;

		if (graph->ends[node] < outcomes &&
		    !add(by_outcome + (size_t)graph->ends[node] * words, here,
			 words))
			return false;
		for (size_t e = graph->first[node]; e < graph->first[node + 1];
		     e++)
			if (!add(paths + (size_t)graph->edges[e].to * words,
				 here, words))
				return false;
	}
	return true;
}

uint64_t *path_count(const struct state_graph *graph, size_t outcomes,
		     uint32_t *ret_words)
{
	uint32_t *order = sort(graph);
	uint64_t *by_outcome = NULL;
	bool fits = false;
	uint32_t words = 1;

	while (!fits) {
		size_t bytes = graph->node_count * words * sizeof(uint64_t);
		uint64_t *paths = memory_new(bytes);

		by_outcome = memory_new(outcomes * words * sizeof(uint64_t));
		fits = count_paths(graph, order, outcomes, words, paths,
				   by_outcome);
		memory_free(paths, bytes);
		if (fits)
			break;
		memory_free(by_outcome, outcomes * words * sizeof(uint64_t));
		words *= 2;
	}
	memory_free(order, graph->node_count * sizeof(*order));
	*ret_words = words;
	return by_outcome;
}
