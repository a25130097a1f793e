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
		   uint32_t asleep);

/* By all that is kept of states. */
uint64_t state_arrival_memory(const struct search *search);

#endif
