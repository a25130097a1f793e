/*
 * Whether an event could have come earlier: what can be performed, and with
 * which results, where a race is reversed.
 *
 *     log     ... | first | ... | later          a race (first, later)
 *     place       ^ what does not depend on `first`, then here
 */
#ifndef EXPLORER_STRATEGY_POSSIBLE_H
#define EXPLORER_STRATEGY_POSSIBLE_H

#include "engine/available.h"
#include "engine/order.h"
#include "strategy/wakeup.h"

/* An event that is to come before another one. */
struct candidate {
	struct wake wake;
	size_t before; /* events of the log that it may come before */
	bool replaces; /* it comes instead of the event of that number */
	/* What happens before it, whatever it depends on. */
	const uint32_t *caused;
	/* How many steps had been made with the signal that its thread got;
	 * 0: none. */
	uint32_t signalled;
	/* It matters to it whether its object is available. (Not to who locks
	 * what it holds already.) */
	bool asks;
};

/* Whether it could come before the first one that is postponed, and what comes
 * after that. It may be that others must be postponed as well. */
bool possible_before(const struct order *order, const struct engine *engine,
		     struct postponed *postponed,
		     const struct candidate *candidate);

/* How many results it may have there, of those that depend on the object of
 * `first`. */
uint32_t possible_results(const struct engine *engine, size_t first,
			  const struct candidate *candidate);

/* Of a performed operation: the results that it could have had at its place,
 * besides its own, are below that number; and whether it could have had this
 * one. */
uint32_t possible_alternatives(const struct performed *performed);
bool possible_instead(const struct engine *engine, size_t event,
		      uint32_t alternative);

/* The rare case of possible_must_wait(). */
bool possible_must_wait_if_spurious(const struct order *order,
				    const struct engine *engine, size_t first,
				    size_t event);

static inline bool possible_is_spurious(const struct operation *operation)
{
	return operation->op == OP_COND_SPURIOUS ||
	       operation->op == OP_FUTEX_SPURIOUS;
}

/* Whether event `event` may not come before `later`, which is to come before or
 * instead of event `first`: it might take what `later` needs. */
static inline bool possible_must_wait(const struct order *order,
				      const struct engine *engine, size_t first,
				      size_t event, const struct wake *later)
{
	return possible_is_spurious(&later->operation) &&
	       possible_must_wait_if_spurious(order, engine, first, event);
}

#endif
