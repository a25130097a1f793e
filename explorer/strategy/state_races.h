/*
 * Races where tries for mutexes fail.
 *
 * Problem. A try that fails orders nothing, and yet tells that another has the
 * mutex. So it may keep two accesses apart that race:
 *
 *     T1: x = 1; lock(m);       T2: if (trylock(m) fails) x = 2;
 *
 * Idea. Let tries fail without a reason, and there is nothing to be learned
 * from them: then two accesses that nothing orders are pending together in some
 * state (Boehm, "Reordering Constraints for Pthread-Style Locks", PPoPP 2007).
 *
 * Why. Let E be an execution with a race, its first one, of the accesses e and
 * f, in this order. Leave out whatever happens neither before e nor before f,
 * and put e and f last. That is an execution of the program whose tries may
 * fail. For each read sees the same write: what it reads from happens before
 * it, or there would be an earlier race; what lies between was left out or was
 * not there. Who takes a mutex finds it free: whoever had it before has given
 * it back, which happens before. And who tries in vain may do so, whether
 * another still has the mutex or was left out. Before e and f both are pending.
 *
 * The other way round it does not hold: tries do not fail so in the program. So
 * the pass tells nothing of what it finds. If it finds no race that was not
 * told, there is none; if it does, or cannot tell, races are not decided.
 */
#ifndef EXPLORER_STRATEGY_STATE_RACES_H
#define EXPLORER_STRATEGY_STATE_RACES_H

#include "strategy/states.h"

/* All states have been seen: whether the pass is needed, and can be made. */
bool state_races_are_open(const struct search *search,
			  const struct engine *engine);

/* In that pass: has come to a state. */
void state_races_see(struct search *search, const struct engine *engine);

/* The pass is over. */
void state_races_decide(const struct search *search, struct engine *engine);

#endif
