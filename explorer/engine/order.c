/*
 * Vector clocks of an execution. See order.h.
 */
#include "engine/order.h"

#include <string.h>

#include "base/memory.h"
#include "engine/dependence.h"

#define STRIDE_MIN 4U

void order_fini(struct order *order)
{
	memory_free(order->events,
		    order->events_capacity * sizeof(*order->events));
	memory_free(order->clocks,
		    order->clocks_capacity * sizeof(*order->clocks));
	memory_free(order->known,
		    order->known_capacity * sizeof(*order->known));
	memory_free(order->silent,
		    order->silent_capacity * sizeof(*order->silent));
	*order = (struct order){0};
}

void order_rewind(struct order *order, size_t depth)
{
	if (order->count > depth)
		order->count = depth;
}

static uint32_t thread_at(const struct engine *engine, size_t event)
{
	return engine->log[event].choice.thread;
}

/* --- What threads know */

/* The clock of all that a thread knows at the point that has been reached:
 * RELATION_BEFORE or RELATION_SYNCHRONISED. */
static uint32_t *known(const struct order *order, uint32_t thread,
		       enum relation relation)
{
	return order->known +
	       (2 * thread + (relation - RELATION_BEFORE)) * order->stride;
}

static void know(const struct order *order, uint32_t thread,
		 enum relation relation, const uint32_t *clock)
{
	memcpy(known(order, thread, relation), clock,
	       order->stride * sizeof(*clock));
}

/* A new thread knows what its creator knows; who joins a thread learns all that
 * it knew. */
static void apply_silent(struct order *order, const struct engine *engine,
			 uint32_t number)
{
	uint32_t thread = order->silent[number].thread;
	const struct thread *state = &engine->runtime->state.threads[thread];

	for (enum relation i = RELATION_BEFORE; i < RELATIONS; i++) {
		if (order->silent[number].is_join)
			order_join(order, known(order, state->joined_by, i),
				   known(order, thread, i));
		else
			know(order, thread, i, known(order, state->creator, i));
	}
}

/* Has everything silent that came before event number `event` take effect. */
static void apply_silent_until(struct order *order, const struct engine *engine,
			       size_t event)
{
	while (order->silent_done < order->silent_count &&
	       order->silent[order->silent_done].at <= event)
		apply_silent(order, engine, order->silent_done++);
}

/* Lists the creates and joins in the order in which they were made. */
static void list_silent(struct order *order, const struct engine *engine)
{
	const struct runtime_state *state = &engine->runtime->state;

	order->silent_done = 0;
	order->silent_count = state->creates_and_joins;
	memory_reserve((void **)&order->silent, &order->silent_capacity,
		       order->silent_count, sizeof(*order->silent));
	for (uint32_t i = 1; i < state->count; i++) {
		const struct thread *thread = &state->threads[i];

		order->silent[thread->created_nth] =
			(struct order_silent){i, thread->created_at, false};
		if (thread->joined)
			order->silent[thread->joined_nth] =
				(struct order_silent){i, thread->joined_at,
						      true};
	}
}

/* --- Dependence */

static void join_dependent(const struct order *order,
			   const struct engine *engine, size_t event,
			   uint32_t *clock)
{
	const struct operation *operation = &engine->log[event].operation;

	for (size_t i = event; i-- > 0;)
		if (!order_covers(order, engine, clock, i) &&
		    operations_conflict(&engine->log[i].operation, operation))
			order_join(order, clock,
				   order_clock(order, i, RELATION_BEFORE));
}

/* --- Synchronisation */

static bool acquires(const struct operation *operation)
{
	return operation->op != OP_ATOMIC_STORE &&
	       operation->order != ORDER_RELAXED &&
	       operation->order != ORDER_RELEASE;
}

static bool releases(const struct operation *operation)
{
	return operation->op != OP_ATOMIC_LOAD &&
	       (operation->order == ORDER_RELEASE ||
		operation->order == ORDER_ACQ_REL ||
		operation->order == ORDER_SEQ_CST);
}

/* An atomic operation reads the last store; if that or one of the
 * read-modify-writes that follow it releases, it synchronises (C11's release
 * sequences). */
static void join_released(const struct order *order,
			  const struct engine *engine, size_t event,
			  uint32_t *clock)
{
	const struct operation *operation = &engine->log[event].operation;

	if (!acquires(operation))
		return;
	for (size_t i = event; i-- > 0;) {
		const struct performed *other = &engine->log[i];

		if (!operation_is_access(&other->operation) ||
		    !operation_is_write(&other->operation) || other->failed ||
		    !accesses_conflict(&other->operation, operation))
			continue;
		if (operation_is_atomic(&other->operation) &&
		    releases(&other->operation))
			order_join(
				order, clock,
				order_clock(order, i, RELATION_SYNCHRONISED));
		if (other->operation.op != OP_ATOMIC_UPDATE &&
		    other->operation.op != OP_ATOMIC_COMPARE)
			return;
	}
}

/* Whether what `earlier` did on an object is seen by `later` on the same. */
static bool hands_over(const struct performed *earlier,
		       const struct performed *later)
{
	enum op from = earlier->operation.op;
	enum op to = later->operation.op;

	if (earlier->failed || later->failed ||
	    earlier->operation.address != later->operation.address)
		return false;
	switch (to) {
	case OP_MUTEX_LOCK:
	case OP_MUTEX_TRYLOCK:
	case OP_MUTEX_DESTROY:
		return from == OP_MUTEX_UNLOCK || from == OP_MUTEX_INIT;
	case OP_SEM_WAIT:
	case OP_SEM_TRYWAIT:
	case OP_SEM_DESTROY:
		return from == OP_SEM_POST || from == OP_SEM_INIT;
	case OP_READ:
	case OP_WRITE:
	case OP_COPY:
	case OP_ATOMIC_LOAD:
	case OP_ATOMIC_STORE:
	case OP_ATOMIC_UPDATE:
	case OP_ATOMIC_COMPARE:
	case OP_FREE:
	case OP_MUTEX_INIT:
	case OP_MUTEX_UNLOCK:
	case OP_SEM_INIT:
	case OP_SEM_POST:
	case OP_SEM_GETVALUE:
	case OP_OUTPUT:
	case OP_RANDOM:
	case OP_CLOCK:
	case OP_CLOCK_SLEEP:
	case OP_SPIN:
	case OP_CREATE:
	case OP_JOIN:
	case OP_DETACH:
	case OP_START:
	case OP_END:
	case OP_YIELD:
	case OP_SLEEP:
	case OP_EXIT:
	case OP_ABORT:
	case OP_ASSERT:
	case OP_CRASH:
	case OP_OVERFLOW:
	case OP_UNSUPPORTED:
	case OP_COUNT:
		return false;
	}
	return false;
}

static void join_synchronised(const struct order *order,
			      const struct engine *engine, size_t event,
			      uint32_t *clock)
{
	const struct performed *performed = &engine->log[event];

	if (operation_is_atomic(&performed->operation)) {
		join_released(order, engine, event, clock);
		return;
	}
	if (operation_is_access(&performed->operation))
		return;
	for (size_t i = event; i-- > 0;)
		if (hands_over(&engine->log[i], performed))
			order_join(
				order, clock,
				order_clock(order, i, RELATION_SYNCHRONISED));
}

/* --- Extending */

static void add_event(struct order *order, const struct engine *engine)
{
	size_t event = order->count;
	uint32_t thread = thread_at(engine, event);
	uint32_t *caused = order_clock(order, event, RELATION_CAUSED);
	uint32_t *before = order_clock(order, event, RELATION_BEFORE);
	uint32_t *synchronised =
		order_clock(order, event, RELATION_SYNCHRONISED);
	size_t bytes = order->stride * sizeof(*caused);
	uint32_t index = ++known(order, thread, RELATION_BEFORE)[thread];

	order->events[event].index = index;
	known(order, thread, RELATION_SYNCHRONISED)[thread] = index;
	memcpy(caused, known(order, thread, RELATION_BEFORE), bytes);
	memcpy(before, caused, bytes);
	memcpy(synchronised, known(order, thread, RELATION_SYNCHRONISED),
	       bytes);
	join_dependent(order, engine, event, before);
	join_synchronised(order, engine, event, synchronised);
	order->count++;
}

static void learn_from(const struct order *order, const struct engine *engine,
		       size_t event)
{
	uint32_t thread = thread_at(engine, event);

	know(order, thread, RELATION_BEFORE,
	     order_clock(order, event, RELATION_BEFORE));
	know(order, thread, RELATION_SYNCHRONISED,
	     order_clock(order, event, RELATION_SYNCHRONISED));
}

static void make_room(struct order *order, const struct engine *engine)
{
	uint32_t threads = engine->runtime->state.count;

	if (threads > order->stride) {
		order->stride = order->stride ? order->stride : STRIDE_MIN;
		while (order->stride < threads)
			order->stride *= 2;
		order->count = 0;
	}
	memory_reserve((void **)&order->events, &order->events_capacity,
		       engine->depth, sizeof(*order->events));
	memory_reserve((void **)&order->clocks, &order->clocks_capacity,
		       engine->depth * RELATIONS * order->stride,
		       sizeof(*order->clocks));
	memory_reserve((void **)&order->known, &order->known_capacity,
		       (size_t)2 * threads * order->stride,
		       sizeof(*order->known));
	memset(order->known, 0,
	       (size_t)2 * threads * order->stride * sizeof(*order->known));
}

void order_extend(struct order *order, const struct engine *engine)
{
	make_room(order, engine);
	list_silent(order, engine);
	for (size_t i = 0; i < engine->depth; i++) {
		apply_silent_until(order, engine, i);
		if (i == order->count)
			add_event(order, engine);
		learn_from(order, engine, i);
	}
	apply_silent_until(order, engine, engine->depth);
}

const uint32_t *order_next(const struct order *order,
			   const struct thread *thread)
{
	return known(order, thread->number, RELATION_BEFORE);
}
