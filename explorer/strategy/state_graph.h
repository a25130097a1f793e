/*
 * The graph of all states and steps, kept while it is searched, and what can be
 * told from it without running anything again.
 *
 *     node    a state, numbered in the order in which they were come to;
 *             the initial one is 0
 *     edge    a step from one to the next: thread (by slot), alternative
 *     end     a node where an execution is over, and how: an outcome's number
 *
 * First everything is added; state_graph_close() then sorts the edges.
 */
#ifndef EXPLORER_STRATEGY_STATE_GRAPH_H
#define EXPLORER_STRATEGY_STATE_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STATE_NOT_AN_END UINT32_MAX
#define STATE_NO_NODE	 UINT32_MAX

struct state_edge {
	uint32_t from;
	uint32_t to;
	uint16_t slot;
	uint16_t alternative;
};

struct state_graph {
	/* By node: outcome, OUTCOME_NONE at an end without one, or
	 * STATE_NOT_AN_END. */
	uint32_t *ends;
	size_t node_count;
	size_t node_capacity;
	struct state_edge *edges;
	size_t edge_count;
	size_t edge_capacity;
	/* Once closed: a node's edges are edges[first[n]..first[n + 1]). */
	size_t *first;
};

void state_graph_fini(struct state_graph *graph);
/* Forgets everything. */
void state_graph_clear(struct state_graph *graph);

/* Adds a node that is no end; returns its number. */
uint32_t state_graph_add(struct state_graph *graph);
void state_graph_add_edge(struct state_graph *graph,
			  const struct state_edge *edge);
static inline void state_graph_set_end(struct state_graph *graph, uint32_t node,
				       uint32_t outcome)
{
	graph->ends[node] = outcome;
}
/* *ret_places, if asked for, tells where each edge went, by the order in which
 * they were added: to be freed by memory_free(). */
void state_graph_close(struct state_graph *graph, size_t **ret_places);

/* What the graph takes. */
uint64_t state_graph_bytes(const struct state_graph *graph);

/* For each node, how it is come to from the initial one in the fewest steps:
 * the edge's number, to be freed by memory_free(); SIZE_MAX for the initial
 * node. *ret_order: the nodes, the nearest first. */
size_t *state_graph_walk(const struct state_graph *graph, uint32_t **ret_order);

/* The nodes where something goes on for ever: one of each component that is
 * never left and has no end, the nearest. Returns how many; *ret_nodes has
 * graph->node_count of room, and is freed by memory_free(). */
size_t state_graph_livelocks(const struct state_graph *graph,
			     const uint32_t *order, uint32_t **ret_nodes);

#endif
