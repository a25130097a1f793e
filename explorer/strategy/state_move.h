/*
 * Moving over states, step by step: steps that are known are recalled
 * (collapsed.h), the others made by the program, which goes along the path
 * before to where the search is.
 */
#ifndef EXPLORER_STRATEGY_STATE_MOVE_H
#define EXPLORER_STRATEGY_STATE_MOVE_H

#include "strategy/states.h"

/* One step from the topmost state of the path, or one back if there is nothing
 * more to be done there. The path is not empty. */
void state_move(struct search *search, struct engine *engine);

/* The engine is in the state that the search has just come to, which was kept:
 * from here on steps may be recalled. */
void state_move_stand(struct search *search, const struct engine *engine);

#endif
