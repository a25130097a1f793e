/*
 * What could have been had at another place of the execution that has just been
 * run: whether an operation that may block could have come before an event.
 *
 *     post ── post ── wait     the wait could have come before the second
 *      A       B       C       post; and before the first, as posts commute
 *
 * All that is on one object is ordered, but for what commutes. So an object is
 * there as it was before the earliest event on it that is to come later; and if
 * none is, as it is now. To that comes what commutes with that event and is not
 * to come later.
 *
 * Of readers it may not be enough that one comes later:
 *
 *     rdlock ── rdlock ── rdunlock ── rdunlock ── wrlock
 *       A         B          A           B          C
 *
 * If A stops only after something that B does behind its rdlock, and B
 * likewise, then C could have come before both, and before neither alone. Then
 * B is postponed with A.
 */
#ifndef EXPLORER_ENGINE_AVAILABLE_H
#define EXPLORER_ENGINE_AVAILABLE_H

#include "engine/order.h"

/* Events that are to come later, with all that happens after them: the first
 * one of the log, and others, of other threads; there is room for one of each
 * where more may be postponed. */
struct postponed {
	size_t *at;
	uint32_t count;
};

/* Whether an event is to come later. */
static inline bool available_is_postponed(const struct postponed *postponed,
					  const struct order *order,
					  const struct engine *engine,
					  size_t event)
{
	for (uint32_t i = 0; i < postponed->count; i++)
		if (order_before(order, engine, postponed->at[i], event))
			return true;
	return false;
}

/* Whether the object of `operation` is available to it where all has happened
 * but what is postponed. The operation is event `before`, or another one that
 * its thread could have made instead; or is pending, and that the log's end. */
bool available_without(const struct order *order, const struct engine *engine,
		       const struct postponed *postponed,
		       const struct operation *operation, size_t before);

/* The same if more may be postponed: readers that keep the object from being
 * available, and are not among those that the clock covers. */
bool available_postponing(const struct order *order,
			  const struct engine *engine,
			  struct postponed *postponed,
			  const struct operation *operation, size_t before,
			  const uint32_t *clock);

#endif
