/*
 * The graph of states. See state_graph.h.
 */
#include "strategy/state_graph.h"

#include <string.h>

#include "base/memory.h"

void state_graph_clear(struct state_graph *graph)
{
	memory_free(graph->first,
		    (graph->node_count + 1) * sizeof(*graph->first));
	graph->first = NULL;
	graph->node_count = 0;
	graph->edge_count = 0;
}

void state_graph_fini(struct state_graph *graph)
{
	state_graph_clear(graph);
	memory_free(graph->ends, graph->node_capacity * sizeof(*graph->ends));
	memory_free(graph->edges, graph->edge_capacity * sizeof(*graph->edges));
	*graph = (struct state_graph){0};
}

uint32_t state_graph_add(struct state_graph *graph)
{
	memory_reserve((void **)&graph->ends, &graph->node_capacity,
		       graph->node_count + 1, sizeof(*graph->ends));
	graph->ends[graph->node_count] = STATE_NOT_AN_END;
	return (uint32_t)graph->node_count++;
}

void state_graph_add_edge(struct state_graph *graph,
			  const struct state_edge *edge)
{
	memory_reserve((void **)&graph->edges, &graph->edge_capacity,
		       graph->edge_count + 1, sizeof(*graph->edges));
	graph->edges[graph->edge_count++] = *edge;
}

uint64_t state_graph_bytes(const struct state_graph *graph)
{
	return graph->node_count * sizeof(*graph->ends) +
	       graph->edge_count * sizeof(*graph->edges);
}

/* Edges by the node that they leave (or come to): how many there are, then
 * where the first of each stands. */
static size_t *count_edges(const struct state_graph *graph, bool by_target)
{
	size_t *first = memory_new((graph->node_count + 1) * sizeof(*first));

	for (size_t i = 0; i < graph->edge_count; i++) {
		const struct state_edge *edge = &graph->edges[i];

		first[(by_target ? edge->to : edge->from) + 1]++;
	}
	for (size_t i = 0; i < graph->node_count; i++)
		first[i + 1] += first[i];
	return first;
}

void state_graph_close(struct state_graph *graph, size_t **ret_places)
{
	size_t *places =
		ret_places ? memory_new(graph->edge_count * sizeof(*places))
			   : NULL;
	size_t *next = count_edges(graph, false);
	struct state_edge *sorted =
		memory_new(graph->edge_count * sizeof(*sorted));
	size_t bytes = (graph->node_count + 1) * sizeof(*next);

	graph->first = memory_new(bytes);
	memcpy(graph->first, next, bytes);
	for (size_t i = 0; i < graph->edge_count; i++) {
		size_t place = next[graph->edges[i].from]++;

		sorted[place] = graph->edges[i];
		if (places)
			places[i] = place;
	}
	if (ret_places)
		*ret_places = places;
	memory_free(graph->edges, graph->edge_capacity * sizeof(*graph->edges));
	graph->edges = sorted;
	graph->edge_capacity = graph->edge_count;
	memory_free(next, bytes);
}

size_t *state_graph_walk(const struct state_graph *graph, uint32_t **ret_order)
{
	size_t *by = memory_new(graph->node_count * sizeof(*by));
	uint32_t *order = memory_new(graph->node_count * sizeof(*order));
	bool *seen = memory_new(graph->node_count * sizeof(*seen));
	size_t count = 1;

	by[0] = SIZE_MAX;
	seen[0] = true;
	for (size_t i = 0; i < count; i++) {
		uint32_t node = order[i];

		for (size_t e = graph->first[node]; e < graph->first[node + 1];
		     e++) {
			uint32_t to = graph->edges[e].to;

			if (seen[to])
				continue;
			seen[to] = true;
			by[to] = e;
			order[count++] = to;
		}
	}
	memory_free(seen, graph->node_count * sizeof(*seen));
	*ret_order = order;
	return by;
}

/* --- Livelocks */

/* From where no end can be reached: backwards from the ends. */
static bool *find_doomed(const struct state_graph *graph)
{
	size_t nodes = graph->node_count;
	size_t *first = count_edges(graph, true);
	size_t *next = memory_new((nodes + 1) * sizeof(*next));
	uint32_t *sources = memory_new(graph->edge_count * sizeof(*sources));
	uint32_t *work = memory_new(nodes * sizeof(*work));
	bool *doomed = memory_new(nodes * sizeof(*doomed));
	size_t count = 0;

	memcpy(next, first, (nodes + 1) * sizeof(*next));
	for (size_t i = 0; i < graph->edge_count; i++)
		sources[next[graph->edges[i].to]++] = graph->edges[i].from;
	for (uint32_t i = 0; i < nodes; i++) {
		doomed[i] = graph->ends[i] == STATE_NOT_AN_END;
		if (!doomed[i])
			work[count++] = i;
	}
	while (count > 0) {
		uint32_t node = work[--count];

		for (size_t i = first[node]; i < first[node + 1]; i++) {
			if (!doomed[sources[i]])
				continue;
			doomed[sources[i]] = false;
			work[count++] = sources[i];
		}
	}
	memory_free(first, (nodes + 1) * sizeof(*first));
	memory_free(next, (nodes + 1) * sizeof(*next));
	memory_free(sources, graph->edge_count * sizeof(*sources));
	memory_free(work, nodes * sizeof(*work));
	return doomed;
}

/* Tarjan's strongly connected components (SIAM J. Comput. 1972), without
 * recursion: `index` and `low` are his; a node on the path is being visited. */
struct component_search {
	const struct state_graph *graph;
	uint32_t *index; /* 0: not visited */
	uint32_t *low;
	size_t *edge; /* next one to look at */
	uint32_t *path;
	size_t path_count;
	uint32_t *stack;
	size_t stack_count;
	bool *on_stack;
	uint32_t visited;
	/* The component of each node that is finished: 1 .. */
	uint32_t *component;
	uint32_t components;
};

static void enter(struct component_search *search, uint32_t node)
{
	search->index[node] = search->low[node] = ++search->visited;
	search->edge[node] = search->graph->first[node];
	search->path[search->path_count++] = node;
	search->stack[search->stack_count++] = node;
	search->on_stack[node] = true;
}

/* All of the node's edges have been looked at. */
static void leave(struct component_search *search, uint32_t node)
{
	uint32_t member;

	search->path_count--;
	if (search->path_count > 0) {
		uint32_t parent = search->path[search->path_count - 1];

		if (search->low[parent] > search->low[node])
			search->low[parent] = search->low[node];
	}
	if (search->low[node] != search->index[node])
		return;
	search->components++;
	do {
		member = search->stack[--search->stack_count];
		search->on_stack[member] = false;
		search->component[member] = search->components;
	} while (member != node);
}

static void find_components(struct component_search *search, uint32_t root)
{
	const struct state_graph *graph = search->graph;

	enter(search, root);
	while (search->path_count > 0) {
		uint32_t node = search->path[search->path_count - 1];
		uint32_t to;

		if (search->edge[node] == graph->first[node + 1]) {
			leave(search, node);
			continue;
		}
		to = graph->edges[search->edge[node]++].to;
		if (search->index[to] == 0)
			enter(search, to);
		else if (search->on_stack[to] &&
			 search->low[node] > search->index[to])
			search->low[node] = search->index[to];
	}
}

/* Marks the components that some edge leaves. */
static bool *find_left(const struct component_search *search)
{
	const struct state_graph *graph = search->graph;
	bool *left = memory_new((search->components + 1) * sizeof(*left));

	for (size_t i = 0; i < graph->edge_count; i++) {
		uint32_t from = search->component[graph->edges[i].from];

		if (from != search->component[graph->edges[i].to])
			left[from] = true;
	}
	return left;
}

size_t state_graph_livelocks(const struct state_graph *graph,
			     const uint32_t *order, uint32_t **ret_nodes)
{
	size_t nodes = graph->node_count;
	size_t words = nodes * sizeof(uint32_t);
	bool *doomed = find_doomed(graph);
	uint32_t *found = memory_new(words);
	size_t count = 0;
	bool *told;
	struct component_search search = {
		.graph = graph,
		.index = memory_new(words),
		.low = memory_new(words),
		.edge = memory_new(nodes * sizeof(size_t)),
		.path = memory_new(words),
		.stack = memory_new(words),
		.on_stack = memory_new(nodes),
		.component = memory_new(words),
	};

	/* From a doomed node only doomed ones are reached. */
	for (uint32_t i = 0; i < nodes; i++)
		if (doomed[i] && search.index[i] == 0)
			find_components(&search, i);
	/* Components are left for others of doomed nodes; the others have the
	 * number 0 together. */
	told = find_left(&search);
	for (size_t i = 0; i < nodes; i++) {
		uint32_t component = search.component[order[i]];

		if (!doomed[order[i]] || told[component])
			continue;
		told[component] = true;
		found[count++] = order[i];
	}
	memory_free(told, (search.components + 1) * sizeof(*told));
	memory_free(search.index, words);
	memory_free(search.low, words);
	memory_free(search.edge, nodes * sizeof(size_t));
	memory_free(search.path, words);
	memory_free(search.stack, words);
	memory_free(search.on_stack, nodes);
	memory_free(search.component, words);
	memory_free(doomed, nodes * sizeof(*doomed));
	*ret_nodes = found;
	return count;
}
