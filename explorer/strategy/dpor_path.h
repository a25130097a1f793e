/*
 * The path of a search by reduction, and what is done to it: dpor.c explores,
 * dpor_races.c finds at the end of each execution what is still to be explored,
 * dpor_save.c makes bytes of all. dpor.c has the idea.
 */
#ifndef EXPLORER_STRATEGY_DPOR_PATH_H
#define EXPLORER_STRATEGY_DPOR_PATH_H

#include "engine/order.h"
#include "strategy/strategy.h"
#include "strategy/wakeup.h"

/* A state on the path, and the step taken from it. */
struct node {
	struct wake step;
	bool taken;	    /* `step` is under way */
	size_t sleep_start; /* the node's part of `sleep` */
	size_t sleep_count;
	wakeup_tree tree;   /* to be done besides `step` */
	struct grown grown; /* below the steps before this one */
};

/*
 * Invariants:
 * 1. nodes[0..depth) is the path; between two runs that of the execution that
 *    was finished last.
 * 2. The nodes' parts of `sleep` follow each other without a gap.
 */
struct dpor {
	bool source; /* note the first step of a sequence only */
	uint64_t preference;
	bool begun;
	bool resumed; /* the engine does not know the path */
	struct node *nodes;
	size_t depth;
	size_t capacity;
	struct wakes sleep;
	struct wakeup_forest forest;
	struct order order;
	wakeup_tree guide;  /* what leads this execution on */
	size_t branched_at; /* the first step that is new in this execution */
	struct wakes list;  /* scratch */
	uint32_t *clock;    /* scratch */
	size_t clock_capacity;
	size_t *postponed; /* scratch: see struct postponed */
	size_t postponed_capacity;
	/* The events that come after event number beside_of - 1 and do not
	 * depend on it; beside_of is 0 where none are listed. */
	uint32_t *beside;
	size_t beside_count;
	size_t beside_capacity;
	size_t beside_of;
	/* The events below varying_end that could have had other results. */
	size_t *varying;
	size_t varying_count;
	size_t varying_capacity;
	size_t varying_end;
};

/* The index-th of those that sleep at the node. */
static inline const struct wake *
dpor_sleeper(const struct dpor *dpor, const struct node *node, size_t index)
{
	return &dpor->sleep.at[node->sleep_start + index];
}

/* Once a step has been made it is known what it commutes with: the topmost
 * node's is, if the engine has just made it. */
void dpor_learn_of_step(struct dpor *dpor, const struct engine *engine);

/* Finds the races of the execution that has just been run, those of its part
 * that is new, and notes on the path how to reverse each. */
void dpor_find_races(struct dpor *dpor, struct engine *engine);

/* The search as bytes: see struct strategy. */
void dpor_save(const void *self, struct buffer *buffer);
void dpor_load(void *self, struct reader *reader);

#endif
