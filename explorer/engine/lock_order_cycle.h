/*
 * Cycles of threads, each of which takes a lock that the next one holds: see
 * lock_order.c.
 */
#ifndef EXPLORER_ENGINE_LOCK_ORDER_CYCLE_H
#define EXPLORER_ENGINE_LOCK_ORDER_CYCLE_H

#include "engine/lock_order.h"

/*
 * Looks at all cycles that `first`, one of the engine's nestings, is part of.
 *
 * is_of_now: at those of nestings that this execution has come to; what is not
 * harmless about them becomes a finding. Else at all whose nestings were ever
 * seen, in this execution or another, which become suspects: with a suspect
 * alone it is worth looking again.
 */
void lock_order_find_cycles(struct engine *engine, struct nesting *first,
			    bool is_of_now);

#endif
