/*
 * The path of a search over states: from the initial state to where it stands,
 * with the steps that are still to be made at each state on the way.
 */
#ifndef EXPLORER_STRATEGY_STATE_PATH_H
#define EXPLORER_STRATEGY_STATE_PATH_H

#include "strategy/bound.h"
#include "strategy/states.h"

void state_path_init(struct search *search);
void state_path_fini(struct search *search);
void state_path_clear(struct search *search);

/* The state that the search stands at; NULL before it has begun. */
struct frame *state_path_top(struct search *search);
/* Whether the state is on the path. */
bool state_path_has(struct search *search, struct digest digest);

/* Whether what the thread has pending may sleep: it has one result. */
bool state_path_may_sleep(const struct thread *thread);

/* Puts a state onto the path, with the steps to be made there: those of
 * search->candidates that are not asleep. */
void state_path_push(struct search *search, const struct engine *engine,
		     const struct frame *what, uint32_t count);
/* The candidates of the engine's state. Returns how many. */
uint32_t state_path_candidates(struct search *search,
			       const struct engine *engine);
void state_path_pop(struct search *search);

#endif
