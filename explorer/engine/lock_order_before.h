/*
 * Whether one half of a lock-order inversion comes before the other in every
 * schedule: see lock_order.c.
 */
#ifndef EXPLORER_ENGINE_LOCK_ORDER_BEFORE_H
#define EXPLORER_ENGINE_LOCK_ORDER_BEFORE_H

#include "engine/lock_order.h"

/* Whether the step `from` of this execution happens before its step `to`, which
 * is of another thread, if the locks that the `count` nestings of the cycle
 * want order nothing. True as well if there is no time to look. */
bool lock_order_is_before(struct engine *engine, size_t from, size_t to,
			  const struct nesting *const *cycle, size_t count);

#endif
