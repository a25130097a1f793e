/*
 * A search over states: for the parts of it (states.h, livelocks.h).
 */
#ifndef EXPLORER_STRATEGY_STATES_H
#define EXPLORER_STRATEGY_STATES_H

#include "engine/state.h"
#include "strategy/state_graph.h"
#include "strategy/state_table.h"
#include "strategy/strategy.h"

struct search_step {
	struct choice choice;
	uint16_t slot;
	uint32_t cost; /* of the path, with this step */
};

/* A state on the path: steps[first..end) are to be made there, those up to
 * `next` were. */
struct frame {
	size_t first;
	size_t next;
	size_t end;
	struct digest digest; /* with what the search adds to it */
	uint32_t older; /* frame + 1 on the path that is looked up there, too */
	uint32_t asleep; /* set of slots */
	uint32_t cost;	 /* of the path so far, by the bound */
	uint32_t node;	 /* of the graph, if that is kept */
};

/* Invariant: between two steps the engine is in the state of frames[count - 1],
 * which is the topmost level of `states`. */
struct search {
	struct bound bound;
	struct states *states;
	struct state_table table;
	struct state_graph graph;
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
	uint64_t ends;
};

/* strategy/livelocks.c: tells the livelocks of a graph that is complete. */
void livelocks_tell(struct search *search, struct engine *engine);

#endif
