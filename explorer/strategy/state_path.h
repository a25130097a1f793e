/*
 * The path of a search over states: from the initial state to where it stands,
 * with the steps that are still to be made at each state on the way.
 */
#ifndef EXPLORER_STRATEGY_STATE_PATH_H
#define EXPLORER_STRATEGY_STATE_PATH_H

#include "strategy/bound.h"
#include "strategy/states.h"

/* A set with every step in it. */
#define STATE_PATH_ALL UINT32_MAX

void state_path_init(struct search *search);
void state_path_fini(struct search *search);
void state_path_clear(struct search *search);

/* The state that the search stands at; NULL before it has begun. */
struct frame *state_path_top(struct search *search);
/* Whether the state is on the path. */
bool state_path_has(struct search *search, struct digest digest);

/* The thread's bit in a set of those asleep; 0 if it never sleeps. */
uint32_t state_path_sleeper(const struct engine *engine, uint16_t number);

/* Puts a state onto the path, with the steps to be made there of those in
 * search->candidates: all but those asleep, or if `todo` is not 0, of a state
 * that is known, those in it alone. */
void state_path_push(struct search *search, const struct engine *engine,
		     const struct frame *what, uint32_t count, uint32_t todo);
/* The candidates of the engine's state. Returns how many. */
uint32_t state_path_candidates(struct search *search,
			       const struct engine *engine);
void state_path_pop(struct search *search);

#endif
