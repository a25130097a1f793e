/*
 * Whether an event could have come earlier. See possible.h.
 */
#include "strategy/possible.h"

#include "engine/available.h"
#include "engine/dependence.h"
#include "runtime/alternative.h"
#include "runtime/condition.h"

static bool is_at_end(const struct engine *engine, size_t first)
{
	return op_is_ending(engine->log[first].operation.op);
}

static uint32_t waiters_before(const struct engine *engine, size_t first,
			       const struct operation *operation)
{
	return is_at_end(engine, first)
		       ? condition_waiters(&engine->runtime->state,
					   operation->address)
		       : engine->log[first].waiters;
}

uint32_t possible_results(const struct engine *engine, size_t first,
			  const struct candidate *candidate)
{
	uint32_t waiters;

	if (candidate->wake.operation.op != OP_COND_SIGNAL)
		return 1;
	waiters = waiters_before(engine, first, &candidate->wake.operation);
	return waiters > 0 ? waiters : 1;
}

/* Whether an event is on the lock or semaphore of the operation. */
static bool is_on(const struct performed *performed,
		  const struct operation *operation)
{
	const struct operation *other = &performed->operation;

	if (other->op == OP_COND_WAIT)
		return other->source == operation->address &&
		       op_object(operation->op) == OP_OBJECT_MUTEX;
	return other->address == operation->address &&
	       op_object(other->op) == op_object(operation->op);
}

static unsigned availability_before(const struct order *order,
				    const struct engine *engine, size_t first,
				    const struct candidate *candidate)
{
	const struct operation *operation = &candidate->wake.operation;

	if (is_at_end(engine, first))
		return runtime_availability(operation);
	for (size_t i = first; i < candidate->before; i++)
		if (is_on(&engine->log[i], operation) &&
		    order_before(order, engine, first, i))
			return engine->log[i].available;
	return candidate->before < engine->depth
		       ? engine->log[candidate->before].available
		       : runtime_availability(operation);
}

/* The thread waits for a signal there: what it got came after `first`. */
static bool is_unsignalled_before(const struct order *order,
				  const struct engine *engine, size_t first,
				  const struct candidate *candidate)
{
	return candidate->signalled == 0 ||
	       (first < candidate->signalled &&
		order_before(order, engine, first, candidate->signalled - 1));
}

/* Of the wake-ups for no reason; any that come after `first` are made to come
 * later. */
static bool is_spurious_left(const struct engine *engine, size_t first)
{
	uint32_t count = 0;

	for (size_t i = 0; i < first; i++)
		count += engine->log[i].operation.op == OP_COND_SPURIOUS;
	return count < engine->runtime->spurious_max;
}

bool possible_must_wait(const struct order *order, const struct engine *engine,
			size_t first, size_t event, const struct wake *later)
{
	if (later->operation.op != OP_COND_SPURIOUS ||
	    is_spurious_left(engine, engine->depth))
		return false;
	for (size_t i = first + 1; i <= event; i++)
		if (engine->log[i].operation.op == OP_COND_SPURIOUS &&
		    order_before(order, engine, i, event))
			return true;
	return false;
}

/* The same of one object alone, which `first` is on. */
static bool is_available_before(const struct order *order,
				const struct engine *engine, size_t first,
				const struct candidate *candidate)
{
	const struct operation *operation = &candidate->wake.operation;

	if (is_on(&engine->log[first], operation) || is_at_end(engine, first))
		return available_without(engine, order, first, operation);
	return availability_before(order, engine, first, candidate) &
	       runtime_needs(operation);
}

static bool may_give_up_before(const struct order *order,
			       const struct engine *engine, size_t first,
			       const struct candidate *candidate)
{
	return is_available_before(order, engine, first, candidate) &&
	       is_unsignalled_before(order, engine, first, candidate);
}

bool possible_before(const struct order *order, const struct engine *engine,
		     size_t first, const struct candidate *candidate)
{
	const struct operation *operation = &candidate->wake.operation;

	if (operation->op == OP_COND_DRAIN)
		return waiters_before(engine, first, operation) == 0;
	if (operation->op == OP_COND_TIMEOUT)
		return may_give_up_before(order, engine, first, candidate);
	if (operation->op == OP_COND_SPURIOUS)
		return may_give_up_before(order, engine, first, candidate) &&
		       is_spurious_left(engine, first);
	if (alternative_is_timeout((enum op)operation->op))
		return !is_available_before(order, engine, first, candidate);
	return !candidate->asks ||
	       is_available_before(order, engine, first, candidate);
}

uint32_t possible_alternatives(const struct performed *performed)
{
	if (performed->announced == OP_COND_SIGNAL)
		return performed->waiters;
	if (performed->announced == OP_COND_REACQUIRE)
		return ALTERNATIVES_OF_WAITS;
	/* A lock that can be had does not time out, and the other way round. */
	return op_varies((enum op)performed->announced)
		       ? 0
		       : performed->operation.alternatives;
}

/* Where a wait timed out it could have ended for no reason, and the other way
 * round. */
bool possible_instead(const struct engine *engine, size_t event,
		      uint32_t alternative)
{
	const struct performed *performed = &engine->log[event];

	if (performed->announced != OP_COND_REACQUIRE)
		return true;
	if (performed->operation.op == OP_COND_SPURIOUS)
		return alternative == 1 && (performed->operation.alternatives &
					    (WAIT_TIMED | WAIT_PASSED));
	return performed->operation.op == OP_COND_TIMEOUT && alternative == 2 &&
	       is_spurious_left(engine, event);
}
