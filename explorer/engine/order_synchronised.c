/*
 * What synchronises. See order_synchronised.h.
 */
#include "engine/order_synchronised.h"

#include "engine/dependence.h"

bool order_acquires(const struct operation *operation)
{
	return operation->op != OP_ATOMIC_STORE &&
	       operation->order != ORDER_RELAXED &&
	       operation->order != ORDER_RELEASE;
}

bool order_releases(const struct operation *operation)
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
	if (order_releases(operation))
		return order_clock(order, event, RELATION_SYNCHRONISED);
	return order->fenced ? order_clock(order, event, RELATION_RELEASED)
			     : NULL;
}

/* Whether no store before `other` has anything to hand on to who reads it that
 * `other` does not: it heads a release sequence, or it continues one, and has
 * taken in all of it. */
static bool ends_walk(const struct operation *other,
		      const struct operation *reader)
{
	if (other->op != OP_ATOMIC_UPDATE && other->op != OP_ATOMIC_COMPARE)
		return true;
	return order_acquires(other) && order_releases(other) &&
	       other->address <= reader->address &&
	       reader->address + reader->bytes <= other->address + other->bytes;
}

/* An atomic operation reads the last store; if that or one of the
 * read-modify-writes that follow it releases, it synchronises (C11's release
 * sequences). */
static void join_released(const struct order *order,
			  const struct engine *engine, size_t event,
			  uint32_t *clock)
{
	const struct operation *operation = &engine->log[event].operation;

	for (uint32_t at = order->events[event].change_before; at > 0;
	     at = order->events[at - 1].change_before) {
		size_t i = at - 1;
		const struct performed *other = &engine->log[i];
		const uint32_t *released;

		if (!operation_is_access(&other->operation) ||
		    !operation_is_write(&other->operation) || other->failed ||
		    !accesses_conflict(&other->operation, operation))
			continue;
		released = released_by(order, engine, i);
		if (released)
			order_join(order, clock, released);
		if (ends_walk(&other->operation, operation))
			return;
	}
}

/* Whether what `earlier` did on an object is seen by `later` on the same. */
static bool hands_over(const struct performed *earlier,
		       const struct performed *later)
{
	struct order_object released;
	struct order_object acquired;

	if (!(op_traits[later->operation.op] & OP_TRAIT_ACQUIRES) ||
	    !(op_traits[earlier->operation.op] & OP_TRAIT_RELEASES) ||
	    earlier->failed || later->failed)
		return false;
	released = order_released(&earlier->operation);
	acquired = order_acquired(&later->operation);
	if (released.address != acquired.address)
		return false;
	return released.kind == acquired.kind ||
	       (released.kind == ORDER_READERS &&
		order_acquires_readers(&later->operation));
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

void order_join_synchronised(const struct order *order,
			     const struct engine *engine, size_t event,
			     uint32_t *clock)
{
	const struct performed *performed = &engine->log[event];

	if (operation_is_atomic(&performed->operation)) {
		if (order_acquires(&performed->operation))
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
	for (uint32_t i = 0; i < engine->runtime->state.count; i++) {
		uint32_t at = order->last[i];

		if (order->made[i] <= clock[i])
			continue;
		while (at && order->events[at - 1].index > clock[i] &&
		       !hands_over(&engine->log[at - 1], performed))
			at = order->events[at - 1].previous;
		if (at && order->events[at - 1].index > clock[i])
			order_join(order, clock,
				   order_clock(order, at - 1,
					       RELATION_SYNCHRONISED));
	}
}
