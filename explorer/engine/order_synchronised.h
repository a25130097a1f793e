/*
 * Of the order of an execution the part that programs may rely on: what locks,
 * semaphores, barriers and atomics hand from one thread to the next.
 */
#ifndef EXPLORER_ENGINE_ORDER_SYNCHRONISED_H
#define EXPLORER_ENGINE_ORDER_SYNCHRONISED_H

#include "engine/order.h"

/* Raises the clock (RELATION_SYNCHRONISED of the event) to all that the event
 * learns of by what it works on. */
void order_join_synchronised(const struct order *order,
			     const struct engine *engine, size_t event,
			     uint32_t *clock);

#endif
