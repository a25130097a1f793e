/*
 * What happens before what, in the execution that has just been run.
 *
 * Two relations, both as vector clocks (Fidge; Mattern, 1989), one clock for
 * each event, with an entry for each thread: how many of its events come before
 * or are the event itself.
 *
 *  - happens-before: program order, creation and join, and the order of every
 *    two dependent events. Executions with the same relation are one
 *    Mazurkiewicz trace.
 *  - synchronised-before: program order, creation and join, and what locks,
 *    semaphores and atomics guarantee (C11's happens-before). Conflicting
 *    accesses that it does not order are a data race.
 */
#ifndef EXPLORER_ENGINE_ORDER_H
#define EXPLORER_ENGINE_ORDER_H

#include "engine/engine.h"

/* An event's place in its thread, and its clocks: indices into `clocks`, of
 * `threads` entries each. */
struct order_event {
	uint32_t index; /* n-th event of its thread, from 1 */
	uint32_t previous; /* event of the same thread + 1; 0: none */
};

/*
 * Invariants:
 * 1. Clocks are those of the first `count` events of the engine's log.
 * 2. clocks[(3 * i + relation) * stride + t] is event i's clock of thread t;
 *    stride >= the number of threads.
 */
struct order {
	struct order_event *events;
	size_t count;
	size_t events_capacity;
	uint32_t *clocks;
	size_t clocks_capacity;
	uint32_t stride;
	uint32_t *last; /* of each thread: its last event + 1; 0: none */
	size_t last_capacity;
};

void order_fini(struct order *order);

/* The first `depth` events stay as they are; the others are forgotten. */
void order_rewind(struct order *order, size_t depth);

/* Takes in the events of the engine's log that are not known yet. */
void order_extend(struct order *order, const struct engine *engine);

/* Whether event a happens before event b, or is b. */
bool order_before(const struct order *order, const struct engine *engine,
		  size_t a, size_t b);

/* Whether event a happens before event b for another reason than that b depends
 * on it: through the last event of b's thread, its creation, or a join. Or
 * is synchronised before it. */
bool order_caused(const struct order *order, const struct engine *engine,
		  size_t a, size_t b);
bool order_synchronised(const struct order *order, const struct engine *engine,
			size_t a, size_t b);

/* order_caused() of what a thread would do next. */
bool order_caused_pending(struct order *order, const struct engine *engine,
			  size_t a, const struct thread *thread);

#endif
