/*
 * How to reverse a race: what leads to where its second step comes first.
 */
#ifndef EXPLORER_STRATEGY_DPOR_REVERSE_H
#define EXPLORER_STRATEGY_DPOR_REVERSE_H

#include "strategy/dpor_path.h"
#include "strategy/possible.h"

/* An event as something to be done. */
static inline struct wake dpor_performed(const struct engine *engine,
					 size_t event)
{
	const struct performed *performed = &engine->log[event];
	const struct thread *thread =
		&engine->runtime->state.threads[performed->choice.thread];

	return (struct wake){.operation = performed->operation,
			     .slot = thread->slot,
			     .alternative = performed->choice.alternative};
}

/* An arrival at a barrier that came, or was to come, after `before` events:
 * those left out before it are missing, too. Without one that let everybody go
 * it does so itself. */
void dpor_arrive_without(const struct dpor *dpor, const struct engine *engine,
			 const struct postponed *postponed,
			 const struct wake *later, size_t before,
			 struct wake *arrival);

/* `later` as it would be somewhere else. A try gets there what there is; of
 * what else has failed, nobody knows whether it would. */
struct wake dpor_elsewhere(const struct engine *engine,
			   const struct wake *later, bool asks, bool available);

/* Notes how to come to where `later` comes before what is postponed, at the
 * node of the first of these, unless it is known. */
void dpor_reverse(struct dpor *dpor, const struct engine *engine,
		  const struct postponed *postponed, const struct wake *later);

/* The same, with each result that `later` may then have. */
void dpor_reverse_each(struct dpor *dpor, const struct engine *engine,
		       const struct postponed *postponed,
		       const struct candidate *later);

#endif
