/*
 * The traces that are easiest to read: for each outcome and each finding one
 * with the fewest switches between threads, and of those one with the fewest
 * steps.
 *
 * Nothing is run to find them: they are shortest paths in the graph of all
 * states (Dijkstra, 1959). Whether a step is a switch depends on who moved
 * before it, so a place on a path is a node together with that thread:
 *
 *    (node, thread that moved last)  ── step of the same thread ──>  + 1 step
 *                                    ── step of another ──> + 1 step, 1 switch
 */
#include <string.h>

#include "base/memory.h"
#include "strategy/states.h"

/* Switches in the upper half, steps in the lower. */
#define ONE_STEP   ((uint64_t)1)
#define ONE_SWITCH ((uint64_t)1 << 32)
#define FAR	   UINT64_MAX

struct way {
	uint64_t distance;
	size_t edge; /* the last one; SIZE_MAX: none */
	uint32_t last_before;
};

struct item {
	uint64_t distance;
	size_t place;
};

struct walk {
	const struct state_graph *graph;
	uint32_t *number_of_slot; /* 1 ..; 0: nobody */
	uint32_t movers;	  /* with nobody */
	struct way *ways;	  /* by node * movers + mover */
	struct item *heap;
	size_t heap_count;
	size_t heap_capacity;
};

/* --- A heap: the nearest first */

static bool is_nearer(const struct item *a, const struct item *b)
{
	return a->distance != b->distance ? a->distance < b->distance
					  : a->place < b->place;
}

static void heap_push(struct walk *walk, struct item item)
{
	size_t at = walk->heap_count++;

	memory_reserve((void **)&walk->heap, &walk->heap_capacity,
		       walk->heap_count, sizeof(*walk->heap));
	for (; at > 0 && is_nearer(&item, &walk->heap[(at - 1) / 2]);
	     at = (at - 1) / 2)
		walk->heap[at] = walk->heap[(at - 1) / 2];
	walk->heap[at] = item;
}

static struct item heap_pop(struct walk *walk)
{
	struct item first = walk->heap[0];
	struct item last = walk->heap[--walk->heap_count];
	size_t at = 0;

	for (;;) {
		size_t child = 2 * at + 1;

		if (child >= walk->heap_count)
			break;
		if (child + 1 < walk->heap_count &&
		    is_nearer(&walk->heap[child + 1], &walk->heap[child]))
			child++;
		if (!is_nearer(&walk->heap[child], &last))
			break;
		walk->heap[at] = walk->heap[child];
		at = child;
	}
	walk->heap[at] = last;
	return first;
}

/* --- Paths */

static uint64_t cost_of(const struct walk *walk, uint32_t last, size_t edge)
{
	uint32_t mover = walk->number_of_slot[walk->graph->edges[edge].slot];

	return ONE_STEP + (last != 0 && last != mover ? ONE_SWITCH : 0);
}

static void relax(struct walk *walk, const struct item *item, size_t edge)
{
	const struct state_edge *to = &walk->graph->edges[edge];
	uint32_t last = (uint32_t)(item->place % walk->movers);
	size_t place =
		(size_t)to->to * walk->movers + walk->number_of_slot[to->slot];
	uint64_t distance = item->distance + cost_of(walk, last, edge);

	if (walk->ways[place].distance <= distance)
		return;
	walk->ways[place] = (struct way){distance, edge, last};
	heap_push(walk, (struct item){distance, place});
}

static void find_ways(struct walk *walk)
{
	const struct state_graph *graph = walk->graph;
	size_t places = graph->node_count * walk->movers;

	for (size_t i = 0; i < places; i++)
		walk->ways[i].distance = FAR;
	walk->ways[0] = (struct way){0, SIZE_MAX, 0};
	heap_push(walk, (struct item){0, 0});
	while (walk->heap_count > 0) {
		struct item item = heap_pop(walk);
		size_t node = item.place / walk->movers;

		if (item.distance > walk->ways[item.place].distance)
			continue;
		for (size_t e = graph->first[node]; e < graph->first[node + 1];
		     e++)
			relax(walk, &item, e);
	}
}

static void walk_init(struct walk *walk, const struct state_graph *graph)
{
	*walk = (struct walk){
		.graph = graph,
		.number_of_slot = memory_new(LAYOUT_SLOTS * sizeof(uint32_t)),
		.movers = 1};
	for (size_t i = 0; i < graph->edge_count; i++) {
		uint32_t *number = &walk->number_of_slot[graph->edges[i].slot];

		if (*number == 0)
			*number = walk->movers++;
	}
	walk->ways = memory_new(graph->node_count * walk->movers *
				sizeof(*walk->ways));
	find_ways(walk);
}

static void walk_fini(struct walk *walk)
{
	memory_free(walk->ways, walk->graph->node_count * walk->movers *
					sizeof(*walk->ways));
	memory_free(walk->number_of_slot, LAYOUT_SLOTS * sizeof(uint32_t));
	memory_free(walk->heap, walk->heap_capacity * sizeof(*walk->heap));
}

/* The nearest way to a node: its place. */
static size_t nearest(const struct walk *walk, uint32_t node)
{
	size_t best = (size_t)node * walk->movers;

	for (size_t i = 1; i < walk->movers; i++)
		if (walk->ways[(size_t)node * walk->movers + i].distance <
		    walk->ways[best].distance)
			best = (size_t)node * walk->movers + i;
	return best;
}

/* --- Telling */

/* Has the engine go along the way to a place, and then the edge, if there is
 * one. */
static void go_to(struct search *search, struct engine *engine,
		  const struct walk *walk, size_t place, size_t edge)
{
	const struct state_graph *graph = walk->graph;
	size_t *edges =
		memory_new(graph->node_count * walk->movers * sizeof(*edges));
	size_t count = 0;

	if (edge != SIZE_MAX)
		edges[count++] = edge;
	while (walk->ways[place].edge != SIZE_MAX) {
		const struct way *way = &walk->ways[place];

		edges[count++] = way->edge;
		place = (size_t)graph->edges[way->edge].from * walk->movers +
			way->last_before;
	}
	search_go_along(search, engine, edges, count);
	memory_free(edges, graph->node_count * walk->movers * sizeof(*edges));
}

static void tell_outcome(struct search *search, struct engine *engine,
			 const struct walk *walk, uint32_t outcome)
{
	const struct state_graph *graph = walk->graph;
	size_t best = SIZE_MAX;

	for (uint32_t i = 0; i < graph->node_count; i++) {
		size_t place;

		if (graph->ends[i] != outcome)
			continue;
		place = nearest(walk, i);
		if (best == SIZE_MAX ||
		    walk->ways[place].distance < walk->ways[best].distance)
			best = place;
	}
	if (best == SIZE_MAX)
		return;
	go_to(search, engine, walk, best, SIZE_MAX);
	if (!engine->diverged && engine->listener.outcome)
		engine->listener.outcome(engine->listener.context, outcome);
}

/* A finding was seen after some steps: the cheapest of those, from the best
 * place to make it. */
static void tell_finding(struct search *search, struct engine *engine,
			 const struct walk *walk, uint32_t id)
{
	uint64_t least = FAR;
	size_t best = 0;
	size_t best_edge = SIZE_MAX;

	for (size_t i = 0; i < search->sighting_count; i++) {
		const struct edge_sighting *seen = &search->sightings[i];
		const struct state_edge *edge;

		if (seen->finding != id)
			continue;
		if (seen->edge == SIZE_MAX) {
			least = 0;
			best = 0;
			best_edge = SIZE_MAX;
			break;
		}
		edge = &walk->graph->edges[seen->edge];
		for (uint32_t last = 0; last < walk->movers; last++) {
			size_t place = (size_t)edge->from * walk->movers + last;
			uint64_t distance = walk->ways[place].distance;

			if (distance == FAR)
				continue;
			distance += cost_of(walk, last, seen->edge);
			if (distance >= least)
				continue;
			least = distance;
			best = place;
			best_edge = seen->edge;
		}
	}
	if (least == FAR)
		return;
	go_to(search, engine, walk, best, best_edge);
	if (!engine->diverged)
		engine_tell_finding(engine, id);
}

void shortest_tell(struct search *search, struct engine *engine)
{
	size_t outcomes = engine->outcomes.count;
	size_t findings = engine->findings.count;
	struct walk walk;

	walk_init(&walk, &search->graph);
	for (uint32_t i = 0; i < outcomes && !engine->diverged; i++)
		tell_outcome(search, engine, &walk, i);
	for (uint32_t i = 0; i < findings && !engine->diverged; i++)
		if (engine->findings.at[i].count > 0)
			tell_finding(search, engine, &walk, i);
	walk_fini(&walk);
}
