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
	memory_free(order->last, order->last_capacity * sizeof(*order->last));
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

/* --- Causes */

static uint32_t last_before(const struct order *order,
			    const struct engine *engine, uint32_t thread,
			    uint32_t time)
{
	uint32_t event = order->last[thread];

	(void)engine;
	while (event > time)
		event = order->events[event - 1].previous;
	return event;
}

/*
 * Joins into *clock what the thread knows at `time` (so many steps made) by
 * `relation`: its last event until then, else what its creator knew; and what
 * those that it has joined since knew at their end.
 */
static void join_known(const struct order *order, const struct engine *engine,
		       const struct thread *thread, uint32_t time,
		       enum relation relation, uint32_t *clock)
{
	const struct runtime_state *state = &engine->runtime->state;
	uint32_t last = last_before(order, engine, thread->number, time);

	if (last > 0)
		order_join(order, clock,
			   order_clock(order, last - 1, relation));
	else if (thread->number > 0)
		join_known(order, engine, &state->threads[thread->creator],
			   thread->created_at, relation, clock);
	for (uint32_t i = 1; i < state->count; i++) {
		const struct thread *other = &state->threads[i];

		if (other->joined && other->joined_by == thread->number &&
		    other->joined_at >= last && other->joined_at <= time)
			join_known(order, engine, other, UINT32_MAX, relation,
				   clock);
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

	if (later->failed ||
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
	const struct thread *state = &engine->runtime->state.threads[thread];
	uint32_t previous = order->last[thread];
	uint32_t *clock = order_clock(order, event, RELATION_CAUSED);

	order->events[event] = (struct order_event){
		.index = previous ? order->events[previous - 1].index + 1 : 1,
		.previous = previous,
	};
	memset(clock, 0, RELATIONS * order->stride * sizeof(*clock));
	join_known(order, engine, state, (uint32_t)event, RELATION_BEFORE,
		   clock);
	memcpy(order_clock(order, event, RELATION_BEFORE), clock,
	       order->stride * sizeof(*clock));
	join_known(order, engine, state, (uint32_t)event, RELATION_SYNCHRONISED,
		   order_clock(order, event, RELATION_SYNCHRONISED));
	join_dependent(order, engine, event,
		       order_clock(order, event, RELATION_BEFORE));
	join_synchronised(order, engine, event,
			  order_clock(order, event, RELATION_SYNCHRONISED));
	for (uint32_t i = 0; i < RELATIONS; i++)
		order_clock(order, event, i)[thread] =
			order->events[event].index;
	order->last[thread] = (uint32_t)event + 1;
	order->count++;
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
	memory_reserve((void **)&order->last, &order->last_capacity,
		       order->stride, sizeof(*order->last));
	memset(order->last, 0, order->stride * sizeof(*order->last));
	for (size_t i = 0; i < order->count; i++)
		order->last[thread_at(engine, i)] = (uint32_t)i + 1;
}

void order_extend(struct order *order, const struct engine *engine)
{
	make_room(order, engine);
	while (order->count < engine->depth)
		add_event(order, engine);
}

void order_next(const struct order *order, const struct engine *engine,
		const struct thread *thread, uint32_t *ret_clock)
{
	memset(ret_clock, 0, order->stride * sizeof(*ret_clock));
	join_known(order, engine, thread, (uint32_t)order->count,
		   RELATION_BEFORE, ret_clock);
}
