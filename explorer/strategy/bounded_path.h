/*
 * The path of a bounded search by reduction, and what is done to it:
 * bounded_dpor.c explores and has the idea, bounded_conflicts.c finds at the
 * end of each execution what else is to be tried, bounded_save.c makes bytes of
 * all.
 */
#ifndef EXPLORER_STRATEGY_BOUNDED_PATH_H
#define EXPLORER_STRATEGY_BOUNDED_PATH_H

#include "engine/order.h"
#include "strategy/bound.h"

enum plan {
	PLAN_NOT, /* nothing says that it must be tried */
	PLAN_TO_DO,
	PLAN_DONE,   /* or under way */
	PLAN_BEYOND, /* it ought to be tried, but costs too much */
};

/* What is possible in a state. */
struct branch {
	struct choice choice;
	uint32_t slot;
	uint32_t cost; /* of the path up to here, and with this */
	uint32_t plan; /* enum plan */
};

/* A state on the path. */
struct node {
	size_t first; /* its branches */
	uint32_t count;
	uint32_t taken; /* the branch under way */
	uint32_t left;	/* branches that are PLAN_NOT */
	bool is_free;	/* see bound.h */
};

/*
 * Invariants:
 * 1. nodes[0..depth) is the path; between two runs that of the execution that
 *    was finished last.
 * 2. The nodes' branches follow each other without a gap.
 */
struct bounded {
	struct bound bound;
	bool begun;
	bool resumed; /* the engine does not know the path */
	struct node *nodes;
	size_t depth;
	size_t capacity;
	struct branch *branches;
	size_t branch_count;
	size_t branch_capacity;
	struct order order;
	size_t branched_at; /* the first step that is new in this execution */
	uint32_t *clocks;   /* scratch: two */
	size_t clocks_capacity;
};

static inline struct branch *bounded_branch(const struct bounded *bounded,
					    const struct node *node,
					    uint32_t index)
{
	return &bounded->branches[node->first + index];
}

/* Every result of the thread's operation is to be tried. Returns false if it
 * cannot move there. */
bool bounded_plan_thread(struct bounded *bounded, struct engine *engine,
			 struct node *node, uint32_t slot);

/* Goes through the conflicts of the execution that has just been run, those of
 * its part that is new, and plans what is to be tried because of them. */
void bounded_find_conflicts(struct bounded *bounded, struct engine *engine);

/* The search as bytes: see struct strategy. */
void bounded_save(const void *self, struct buffer *buffer);
void bounded_load(void *self, struct reader *reader);

#endif
