/*
 * Bounds: how far a schedule may stray from the one that leaves nobody who
 * could go on.
 *
 *  - preemptions: switches away from a thread that could go on and has not just
 *    yielded (Musuvathi, Qadeer: "Iterative Context Bounding for Systematic
 *    Testing of Multithreaded Programs", PLDI 2007).
 *  - delays: threads take turns in a fixed order, each as long as it can; a
 *    delay passes over the one whose turn it is (Emmi, Qadeer, Rakamaric:
 *    "Delay-Bounded Scheduling", POPL 2011). Who has just yielded comes last.
 *
 * Every step has a cost, and a path that of its steps. In every state a step
 * that costs nothing is possible, so every path can be gone to its end.
 */
#ifndef EXPLORER_STRATEGY_BOUND_H
#define EXPLORER_STRATEGY_BOUND_H

#include "strategy/strategy.h"

/* What a choice costs in the engine's state; nothing if there is no bound. */
uint32_t bound_cost(const struct bound *bound, const struct engine *engine,
		    struct choice choice);

static inline bool bound_allows(const struct bound *bound, uint32_t cost)
{
	return bound->kind == BOUND_NONE || cost <= bound->most;
}

/* Whether nobody has to be left here: the thread that moved last has ended,
 * waits, or has just yielded, or none has moved. */
bool bound_is_free(const struct engine *engine);

#endif
