/*
 * A search over states: what its parts share, which are states.c, state_path.c,
 * state_move.c, state_arrival.c, livelocks.c and shortest.c.
 */
#ifndef EXPLORER_STRATEGY_STATES_H
#define EXPLORER_STRATEGY_STATES_H

#include "engine/state.h"
#include "strategy/collapsed.h"
#include "strategy/state_filter.h"
#include "strategy/state_graph.h"
#include "strategy/state_images.h"
#include "strategy/state_table.h"
#include "strategy/strategy.h"

struct search_step {
	struct choice choice;
	uint16_t slot;
	uint32_t cost; /* of the path, with this step */
	/* Of one that is known: while collapsed.generation is this. */
	uint32_t generation;
	const struct local_step *known;
	struct digest digest; /* of the state behind it */
};

/* A state on the path: steps[first..end) are to be made there, those up to
 * `next` were. */
struct frame {
	size_t first;
	size_t next;
	size_t end;
	struct digest digest; /* with what the search adds to it */
	sleeper_set asleep;
	uint32_t older; /* frame + 1 on the path that is looked up there, too */
	uint32_t cost;	/* of the path so far, by the bound */
	uint32_t node;	/* of the graph, if that is kept */
};

/* A finding that a step has shown: the edge's number, or SIZE_MAX for what the
 * initial state shows. */
struct edge_sighting {
	uint32_t finding;
	size_t edge;
};

/* Invariant: between two steps the engine is in the state of a frame, which is
 * the topmost level of `states`: of the last one, unless collapsed.on, which
 * then is in that of the last one. */
struct search {
	struct bound bound; /* of this pass */
	struct bound bound_asked;
	unsigned flags; /* set of enum states_flag */
	uint64_t memory_max;
	const struct find_state *query; /* the state to be found, or NULL */
	enum asymmetry asymmetry;	/* why there is no symmetry any more */
	bool with_symmetry; /* threads that are alike are the same */
	bool parts_left;    /* there is no memory for what is known of parts */
	struct states *states;
	struct state_table table;
	struct state_graph graph;
	struct collapsed *collapsed;
	struct candidate candidates[CHOICES_MAX]; /* of the state arrived at */
	struct frame *frames;
	size_t count;
	size_t capacity;
	struct search_step *steps;
	size_t steps_capacity;
	uint32_t *heads; /* digest -> frame + 1 */
	bool begun;
	bool finished;
	bool loaded; /* another process has begun, and was lost */
	bool sleeps;
	bool keeps_graph;
	bool cyclic; /* a step led back to the path */
	bool cut;    /* the bound left a step out */
	bool full;   /* memory is, and the search is over */
	/* Operations that order nothing, and plain accesses to visible memory:
	 * where there are both, a race may never be pending on both sides. */
	unsigned weak; /* a set of enum weakness */
	bool plain;
	/* The pass that decides races where tries fail (state_races.h). */
	bool decides;
	bool undecided;
	uint64_t states_before;
	uint64_t transitions_before;
	struct state_filter filter;
	struct state_images images;
	/* --shortest: nothing is told until all is known. */
	struct engine_listener listener;
	struct edge_sighting *sightings;
	size_t sighting_count;
	size_t sighting_capacity;
};

/* Has the engine begin and make the steps of these edges, the last one in the
 * list first. */
void search_go_along(struct search *search, struct engine *engine,
		     const size_t *edges, size_t count);

/* Of a graph that is complete and closed. strategy/livelocks.c: tells where
 * nothing ends. strategy/shortest.c: tells all outcomes and findings, by the
 * shortest traces. */
void livelocks_tell(struct search *search, struct engine *engine);
void shortest_tell(struct search *search, struct engine *engine);

#endif
