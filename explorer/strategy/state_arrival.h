/*
 * Arriving at a state: what is seen there, whether it is known, and whether the
 * search is to go on from it.
 */
#ifndef EXPLORER_STRATEGY_STATE_ARRIVAL_H
#define EXPLORER_STRATEGY_STATE_ARRIVAL_H

#include "strategy/states.h"

/* The engine has come to a state, which was looked at, by a path of that cost.
 * Returns true if it is to be gone on from: it is on the search's path then,
 * and to be kept. */
bool state_arrival(struct search *search, struct engine *engine, uint32_t cost,
		   sleeper_set asleep);

/* What a step that was recalled comes to. */
enum arrival {
	ARRIVED_KNOWN, /* nothing is to be done there */
	ARRIVED_ON,    /* it is on the search's path */
	ARRIVED_NEWS,  /* the program has to make the step; nothing has changed
			*/
};

/* The search comes to a state by a step that is known. */
enum arrival state_arrival_recalled(struct search *search,
				    struct engine *engine,
				    const struct local_step *step,
				    uint16_t thread, struct digest digest,
				    sleeper_set asleep);

/* By all that is kept of states. */
uint64_t state_arrival_memory(const struct search *search);

#endif
