/*
 * Livelocks: the program goes on for ever, whatever the schedule, because no
 * end is reachable any more.
 *
 * In the graph of all states that is a component which no step leaves and which
 * has no end in it. A circle alone is none: somebody may still break out of
 * it. The nearest state of each such component is gone to, by the fewest steps,
 * and told as the end of an execution.
 */
#include "base/hash.h"
#include "base/memory.h"
#include "engine/ending.h"
#include "strategy/states.h"

/* The number of the thread in `slot`, in the engine's state. */
static uint16_t number_of(const struct engine *engine, uint16_t slot)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread;

	FOR_LIVE(thread, state)
	if (thread->slot == slot)
		return (uint16_t)thread->number;
	return 0;
}

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
static void go_to(struct engine *engine, const struct state_graph *graph,
		  const size_t *by, uint32_t node)
{
	size_t *edges = memory_new(graph->node_count * sizeof(*edges));
	size_t left = list_edges(graph, by, node, edges);

	engine_begin(engine);
	while (left > 0 && !engine->ended) {
		const struct state_edge *edge = &graph->edges[edges[--left]];

		if (!engine_step_again(engine,
				       choice_of(number_of(engine, edge->slot),
						 edge->alternative)))
			break;
	}
	memory_free(edges, graph->node_count * sizeof(*edges));
}

void livelocks_tell(struct search *search, struct engine *engine)
{
	struct state_graph *graph = &search->graph;
	uint32_t *order;
	uint32_t *nodes;
	size_t *by;
	size_t count;

	state_graph_close(graph);
	by = state_graph_walk(graph, &order);
	count = state_graph_livelocks(graph, order, &nodes);
	for (size_t i = 0; i < count && !engine->diverged; i++) {
		go_to(engine, graph, by, nodes[i]);
		if (engine->diverged)
			break;
		ending_livelock(engine);
		engine_tell_findings(engine);
		engine_finish_state(engine);
	}
	memory_free(nodes, graph->node_count * sizeof(*nodes));
	memory_free(order, graph->node_count * sizeof(*order));
	memory_free(by, graph->node_count * sizeof(*by));
}
