/*
 * Livelocks: the program goes on for ever, whatever the schedule, because no
 * end is reachable any more.
 *
 * In the graph of all states that is a component which no step leaves and which
 * has no end in it. A cycle alone is none: somebody may still break out of
 * it. The nearest state of each such component is gone to, by the fewest steps,
 * and told as the end of an execution.
 */
#include "base/hash.h"
#include "base/memory.h"
#include "engine/ending.h"
#include "strategy/states.h"

/* The edges from the initial node to this one. */
static size_t list_edges(const struct state_graph *graph, const size_t *by,
			 uint32_t node, size_t *edges)
{
	size_t length = 0;

	for (size_t edge = by[node]; edge != SIZE_MAX;
	     edge = by[graph->edges[edge].from])
		edges[length++] = edge;
	return length;
}

/* Has the engine go to a node's state. */
static void go_to(struct search *search, struct engine *engine,
		  const size_t *by, uint32_t node)
{
	const struct state_graph *graph = &search->graph;
	size_t *edges = memory_new(graph->node_count * sizeof(*edges));
	size_t count = list_edges(graph, by, node, edges);

	search_go_along(search, engine, edges, count);
	memory_free(edges, graph->node_count * sizeof(*edges));
}

void livelocks_tell(struct search *search, struct engine *engine)
{
	struct state_graph *graph = &search->graph;
	uint32_t *order;
	uint32_t *nodes;
	size_t *by;
	size_t count;

	by = state_graph_walk(graph, &order);
	count = state_graph_livelocks(graph, order, &nodes);
	for (size_t i = 0; i < count && !engine->diverged; i++) {
		go_to(search, engine, by, nodes[i]);
		if (engine->diverged)
			break;
		/* If only a wait were let run out, it might end. */
		if (!ending_is_withheld(engine))
			ending_livelock(engine);
		engine_tell_findings(engine);
		engine_finish_state(engine);
	}
	memory_free(nodes, graph->node_count * sizeof(*nodes));
	memory_free(order, graph->node_count * sizeof(*order));
	memory_free(by, graph->node_count * sizeof(*by));
}
