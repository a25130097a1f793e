/*
 * What could have been had at another place of the execution that has just been
 * run: whether an operation that may block could have come before an event.
 *
 *     post ── post ── wait        the wait could have come before the second
 *      A       B       C          post; and before the first, as B and A
 * commute
 */
#ifndef EXPLORER_ENGINE_AVAILABLE_H
#define EXPLORER_ENGINE_AVAILABLE_H

#include "engine/order.h"

/* Whether the object of `later` is available to it where all has happened but
 * event `first`, which it depends on, and what comes after that. */
bool available_without(const struct engine *engine, const struct order *order,
		       size_t first, const struct operation *later);

#endif
