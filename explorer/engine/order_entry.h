/*
 * Of the order of an execution what its threads know: an entry for each event,
 * and for what they learn in between. For order.c and order_silent.c.
 */
#ifndef EXPLORER_ENGINE_ORDER_ENTRY_H
#define EXPLORER_ENGINE_ORDER_ENTRY_H

#include "base/memory.h"
#include "engine/order.h"

static inline uint32_t *order_clock_of(const struct order *order,
				       uint32_t entry, enum relation relation)
{
	return order->clocks +
	       ((size_t)RELATIONS * entry + relation) * order->stride;
}

/* The clock of all that a thread knows at the point that has been reached: of
 * all relations but RELATION_CAUSED. */
static inline uint32_t *order_known(const struct order *order, uint32_t thread,
				    enum relation relation)
{
	return order_clock_of(order, order->newest[thread], relation);
}

/* A further entry, of that thread; its clocks are anything. Pointers to others
 * are valid no more. */
static inline uint32_t order_add_entry(struct order *order, uint32_t thread)
{
	uint32_t number = (uint32_t)order->entry_count++;

	memory_reserve((void **)&order->entries, &order->entries_capacity,
		       order->entry_count, sizeof(*order->entries));
	memory_reserve((void **)&order->clocks, &order->clocks_capacity,
		       order->entry_count * RELATIONS * order->stride,
		       sizeof(*order->clocks));
	order->entries[number] = (struct order_entry){
		thread, order->newest[thread], order->learned[thread]};
	return number;
}

#endif
