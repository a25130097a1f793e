/*
 * Whether an event could have come earlier. See possible.h.
 */
#include "strategy/possible.h"

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
	const struct operation *operation = &candidate->wake.operation;

	return alternative_wakes((enum op)operation->op)
		       ? alternative_choices(
				 operation,
				 waiters_before(engine, first, operation))
		       : 1;
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

static bool is_spurious(const struct operation *operation)
{
	return operation->op == OP_COND_SPURIOUS ||
	       operation->op == OP_FUTEX_SPURIOUS;
}

/* Of the wake-ups for no reason; any that come after `first` are made to come
 * later. */
static bool is_spurious_left(const struct engine *engine, size_t first)
{
	uint32_t count = 0;

	for (size_t i = 0; i < first; i++)
		count += is_spurious(&engine->log[i].operation);
	return count < engine->runtime->spurious_max;
}

bool possible_must_wait(const struct order *order, const struct engine *engine,
			size_t first, size_t event, const struct wake *later)
{
	if (!is_spurious(&later->operation) ||
	    is_spurious_left(engine, engine->depth))
		return false;
	for (size_t i = first + 1; i <= event; i++)
		if (is_spurious(&engine->log[i].operation) &&
		    order_before(order, engine, i, event))
			return true;
	return false;
}

/* Whether it is available where only what happens after `first` comes later. */
static bool is_available_before(const struct order *order,
				const struct engine *engine, size_t first,
				const struct candidate *candidate)
{
	const struct postponed postponed = {.at = &first, .count = 1};

	return available_without(order, engine, &postponed,
				 &candidate->wake.operation, candidate->before);
}

static bool may_give_up_before(const struct order *order,
			       const struct engine *engine, size_t first,
			       const struct candidate *candidate)
{
	return (op_object(candidate->wake.operation.op) == OP_OBJECT_FUTEX ||
		is_available_before(order, engine, first, candidate)) &&
	       is_unsignalled_before(order, engine, first, candidate);
}

bool possible_before(const struct order *order, const struct engine *engine,
		     struct postponed *postponed,
		     const struct candidate *candidate)
{
	const struct operation *operation = &candidate->wake.operation;
	size_t first = postponed->at[0];

	if (operation->op == OP_COND_DRAIN)
		return waiters_before(engine, first, operation) == 0;
	if (operation->op == OP_COND_TIMEOUT ||
	    operation->op == OP_FUTEX_TIMEOUT)
		return may_give_up_before(order, engine, first, candidate);
	if (is_spurious(operation))
		return may_give_up_before(order, engine, first, candidate) &&
		       is_spurious_left(engine, first);
	if (alternative_is_timeout((enum op)operation->op))
		return !is_available_before(order, engine, first, candidate);
	if (!candidate->asks)
		return true;
	/* Who does not wait may come there, too, and fail. */
	if (!op_may_block(operation->op))
		return is_available_before(order, engine, first, candidate);
	return available_postponing(order, engine, postponed, operation,
				    candidate->before, candidate->caused);
}

uint32_t possible_alternatives(const struct performed *performed)
{
	if (performed->announced == OP_COND_SIGNAL)
		return performed->waiters;
	if (performed->announced == OP_FUTEX_WAKE)
		return alternative_choices(&performed->operation,
					   performed->waiters);
	if (alternative_is_queued((enum op)performed->announced))
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

	if (!alternative_is_queued((enum op)performed->announced))
		return true;
	if (is_spurious(&performed->operation))
		return alternative == 1 && (performed->operation.alternatives &
					    (WAIT_TIMED | WAIT_PASSED));
	return performed->choice.alternative == 1 && alternative == 2 &&
	       is_spurious_left(engine, event);
}
