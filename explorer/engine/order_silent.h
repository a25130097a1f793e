/*
 * Creates and joins in the order of an execution: they are no events, and are
 * found in the threads that they are about. A join is made known to the joiner
 * when it next needs what it knows.
 */
#ifndef EXPLORER_ENGINE_ORDER_SILENT_H
#define EXPLORER_ENGINE_ORDER_SILENT_H

#include "engine/order.h"

/* Lists the creates and joins in the order in which they were made: those that
 * have not taken effect yet. */
void order_silent_list(struct order *order, const struct engine *engine);

/* Has everything silent that came before event number `event` take effect. */
void order_silent_until(struct order *order, const struct engine *engine,
			size_t event);

/* The last one is undone. */
void order_silent_forget(struct order *order);

/* The thread is about to need what it knows: it learns from its joins. */
void order_learn_from_joins(struct order *order, const struct engine *engine,
			    uint32_t joiner);

#endif
