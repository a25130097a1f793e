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

#define KNOWN (RELATIONS - RELATION_BEFORE)

/* The clock of all that a thread knows at the point that has been reached: of
 * all relations but RELATION_CAUSED. */
static uint32_t *known(const struct order *order, uint32_t thread,
		       enum relation relation)
{
	return order->known +
	       (KNOWN * thread + (relation - RELATION_BEFORE)) * order->stride;
}

static void know(const struct order *order, uint32_t thread,
		 enum relation relation, const uint32_t *clock)
{
	memcpy(known(order, thread, relation), clock,
	       order->stride * sizeof(*clock));
}

/* A fence that a thread makes behind its last event takes effect in those that
 * it creates then, and in who joins it. */
static void apply_fence(const struct order *order, unsigned fences,
			uint32_t thread, uint32_t learner)
{
	if (order->fenced && (fences & FENCE_ACQUIRE))
		order_join(order, known(order, learner, RELATION_SYNCHRONISED),
			   known(order, thread, RELATION_ACQUIRABLE));
}

/* A new thread knows what its creator knows; who joins a thread learns all that
 * it knew. */
static void apply_silent(struct order *order, const struct engine *engine,
			 uint32_t number)
{
	uint32_t thread = order->silent[number].thread;
	const struct thread *state = &engine->runtime->state.threads[thread];

	for (enum relation i = RELATION_BEFORE; i <= RELATION_SYNCHRONISED;
	     i++) {
		if (order->silent[number].is_join)
			order_join(order, known(order, state->joined_by, i),
				   known(order, thread, i));
		else
			know(order, thread, i, known(order, state->creator, i));
	}
	if (order->silent[number].is_join)
		apply_fence(order, state->fences, thread, state->joined_by);
	else
		apply_fence(order, state->creator_fences, state->creator,
			    thread);
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

void order_join_cause(const struct order *order, const struct engine *engine,
		      size_t event, uint32_t *clock)
{
	uint32_t cause = engine->log[event].cause;

	if (cause)
		order_join(order, clock,
			   order_clock(order, cause - 1, RELATION_BEFORE));
}

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

/* What an atomic write hands on to who reads it. */
static const uint32_t *released_by(const struct order *order,
				   const struct engine *engine, size_t event)
{
	const struct operation *operation = &engine->log[event].operation;

	if (!operation_is_atomic(operation))
		return NULL;
	if (releases(operation))
		return order_clock(order, event, RELATION_SYNCHRONISED);
	return order->fenced ? order_clock(order, event, RELATION_RELEASED)
			     : NULL;
}

/* An atomic operation reads the last store; if that or one of the
 * read-modify-writes that follow it releases, it synchronises (C11's release
 * sequences). */
static void join_released(const struct order *order,
			  const struct engine *engine, size_t event,
			  uint32_t *clock)
{
	const struct operation *operation = &engine->log[event].operation;

	for (size_t i = event; i-- > 0;) {
		const struct performed *other = &engine->log[i];
		const uint32_t *released;

		if (!operation_is_access(&other->operation) ||
		    !operation_is_write(&other->operation) || other->failed ||
		    !accesses_conflict(&other->operation, operation))
			continue;
		released = released_by(order, engine, i);
		if (released)
			order_join(order, clock, released);
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

	if (!(op_traits[to] & OP_TRAIT_ACQUIRES) ||
	    !(op_traits[from] & OP_TRAIT_RELEASES) || earlier->failed ||
	    later->failed)
		return false;
	/* A wait gives back its mutex. */
	if (from == OP_COND_WAIT)
		return earlier->operation.source == later->operation.address &&
		       op_object(to) == OP_OBJECT_MUTEX;
	return earlier->operation.address == later->operation.address &&
	       op_object(from) == op_object(to);
}

/* Who leaves a barrier learns what those who arrived had done, and nothing of
 * who may have arrived for the next time. */
static void join_arrivals(const struct order *order,
			  const struct performed *performed, uint32_t *clock)
{
	if (performed->cause)
		order_join(order, clock,
			   order_clock(order, performed->cause - 1,
				       RELATION_SYNCHRONISED));
}

static void join_synchronised(const struct order *order,
			      const struct engine *engine, size_t event,
			      uint32_t *clock)
{
	const struct performed *performed = &engine->log[event];

	if (operation_is_atomic(&performed->operation)) {
		if (acquires(&performed->operation))
			join_released(order, engine, event, clock);
		else if (order->fenced &&
			 operation_is_read(&performed->operation))
			join_released(
				order, engine, event,
				order_clock(order, event, RELATION_ACQUIRABLE));
		return;
	}
	if (performed->operation.op == OP_BARRIER_LEAVE)
		join_arrivals(order, performed, clock);
	if (!(op_traits[performed->operation.op] & OP_TRAIT_ACQUIRES))
		return;
	for (size_t i = event; i-- > 0;)
		if (hands_over(&engine->log[i], performed))
			order_join(
				order, clock,
				order_clock(order, i, RELATION_SYNCHRONISED));
}

/* --- Extending */

/* Takes over what the thread's fences have to do with, and the effect of those
 * that it made before this event. */
static void apply_fences(const struct order *order, const struct engine *engine,
			 size_t event)
{
	uint32_t thread = thread_at(engine, event);
	unsigned fences = engine->log[event].fences;
	uint32_t *synchronised =
		order_clock(order, event, RELATION_SYNCHRONISED);
	uint32_t *released = order_clock(order, event, RELATION_RELEASED);
	uint32_t *acquirable = order_clock(order, event, RELATION_ACQUIRABLE);
	size_t bytes = order->stride * sizeof(*released);

	memcpy(released, known(order, thread, RELATION_RELEASED), bytes);
	memcpy(acquirable, known(order, thread, RELATION_ACQUIRABLE), bytes);
	if (fences & FENCE_ACQUIRE)
		order_join(order, synchronised, acquirable);
	if (fences & FENCE_RELEASE) {
		memcpy(released, synchronised, bytes);
		released[thread]--; /* the event itself comes later */
	}
}

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
	if (order->fenced)
		apply_fences(order, engine, event);
	order_join_cause(order, engine, event, before);
	join_dependent(order, engine, event, before);
	join_synchronised(order, engine, event, synchronised);
	order->count++;
}

static void learn_from(const struct order *order, const struct engine *engine,
		       size_t event)
{
	uint32_t thread = thread_at(engine, event);
	enum relation end = order->fenced ? RELATIONS : RELATION_RELEASED;

	for (enum relation i = RELATION_BEFORE; i < end; i++)
		know(order, thread, i, order_clock(order, event, i));
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
		       (size_t)KNOWN * threads * order->stride,
		       sizeof(*order->known));
	memset(order->known, 0,
	       (size_t)KNOWN * threads * order->stride * sizeof(*order->known));
}

void order_extend(struct order *order, const struct engine *engine)
{
	if (order->fenced != engine->runtime->fenced) {
		order->fenced = engine->runtime->fenced;
		order->count = 0;
	}
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
