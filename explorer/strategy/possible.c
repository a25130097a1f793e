/*
 * Whether an event could have come earlier. See possible.h.
 */
#include "strategy/possible.h"

#include "engine/dependence.h"
#include "runtime/alternative.h"
#include "runtime/condition.h"
#include "runtime/enabled.h"
#include "runtime/thing.h"

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

/* Of the wake-ups for no reason; any that come after `first` are made to come
 * later. */
static bool is_spurious_left(const struct engine *engine, size_t first)
{
	uint32_t count = 0;

	for (size_t i = 0; i < first; i++)
		count += possible_is_spurious(&engine->log[i].operation);
	return count < engine->runtime->spurious_max;
}

/* The same where some that come after `first` cannot be made to come later,
 * since the thread has come to where it waits by way of them. */
static bool is_spurious_left_for(const struct order *order,
				 const struct engine *engine, size_t first,
				 const struct candidate *candidate)
{
	uint32_t count = 0;

	for (size_t i = 0; i < candidate->before; i++)
		count += possible_is_spurious(&engine->log[i].operation) &&
			 i != first &&
			 (i < first ||
			  order_covers(order, engine, candidate->caused, i));
	return count < engine->runtime->spurious_max;
}

bool possible_must_wait_if_spurious(const struct order *order,
				    const struct engine *engine, size_t first,
				    size_t event)
{
	if (is_spurious_left(engine, engine->depth))
		return false;
	for (size_t i = first + 1; i <= event; i++)
		if (possible_is_spurious(&engine->log[i].operation) &&
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

static bool is_put_off(const struct order *order, const struct engine *engine,
		       size_t first, size_t event)
{
	return event == first ||
	       (event > first && order_before(order, engine, first, event));
}

/* Whether an event comes before the candidate does, which is put before
 * `first`. */
static bool comes_before(const struct order *order, const struct engine *engine,
			 size_t first, const struct candidate *candidate,
			 size_t event)
{
	return event < candidate->before &&
	       !is_put_off(order, engine, first, event);
}

/* The event with which a wait ended; that after the last one if none did. */
static size_t end_of_wait(const struct engine *engine, size_t wait)
{
	size_t i = wait + 1;

	while (i < engine->depth &&
	       engine->log[i].choice.thread != engine->log[wait].choice.thread)
		i++;
	return i;
}

/* Whether the one who begins to wait with that event does so still, with no
 * signal, where the candidate comes. */
static bool waits_before(const struct order *order, const struct engine *engine,
			 size_t first, const struct candidate *candidate,
			 size_t wait)
{
	const struct thread *thread =
		&engine->runtime->state
			 .threads[engine->log[wait].choice.thread];
	size_t end = end_of_wait(engine, wait);
	uint32_t signalled = end < engine->depth ? engine->log[end].cause
						 : thread->signalled;

	return thread->slot != candidate->wake.slot &&
	       comes_before(order, engine, first, candidate, wait) &&
	       !comes_before(order, engine, first, candidate, end) &&
	       !(signalled &&
		 comes_before(order, engine, first, candidate, signalled - 1));
}

/* Whether somebody else would have to have the signal that the candidate takes
 * along as it is cancelled. */
static bool others_wait_before(const struct order *order,
			       const struct engine *engine, size_t first,
			       const struct candidate *candidate)
{
	const struct operation *wake = &candidate->wake.operation;

	for (size_t i = 0; i < candidate->before; i++)
		if (engine->log[i].operation.op == OP_COND_WAIT &&
		    engine->log[i].operation.address == wake->source &&
		    !engine->log[i].failed &&
		    waits_before(order, engine, first, candidate, i))
			return true;
	return false;
}

/* Whether something is done on an object in any case before the event, `first`
 * and what happens after it being put off. */
static bool is_done_before(const struct order *order,
			   const struct engine *engine, size_t first,
			   size_t before, enum op op, uintptr_t address)
{
	for (size_t i = 0; i < before; i++)
		if (engine->log[i].operation.op == op &&
		    engine->log[i].operation.address == address &&
		    !is_put_off(order, engine, first, i))
			return true;
	return false;
}

/* Where nobody else is known to ask for it, it was the thread itself, before it
 * came to wait. */
static bool is_cancelled_before(const struct order *order,
				const struct engine *engine, size_t first,
				const struct candidate *candidate)
{
	uintptr_t flag = candidate->wake.operation.bytes;

	return !visible_overlaps(&engine->runtime->visible, flag,
				 THING_BYTES) ||
	       is_done_before(order, engine, first, candidate->before,
			      OP_CANCEL, flag);
}

bool possible_before(const struct order *order, const struct engine *engine,
		     struct postponed *postponed,
		     const struct candidate *candidate)
{
	const struct operation *operation = &candidate->wake.operation;
	size_t first = postponed->at[0];

	if (operation->op == OP_SEM_CANCELLED ||
	    operation->op == OP_MUTEX_CANCELLED ||
	    operation->op == OP_RWLOCK_RDCANCELLED ||
	    operation->op == OP_RWLOCK_WRCANCELLED ||
	    operation->op == OP_SPIN_CANCELLED ||
	    operation->op == OP_JOIN_CANCELLED)
		return is_cancelled_before(order, engine, first, candidate);
	if (operation->op == OP_COND_CANCELLED)
		return is_cancelled_before(order, engine, first, candidate) &&
		       is_available_before(order, engine, first, candidate) &&
		       (is_unsignalled_before(order, engine, first,
					      candidate) ||
			!others_wait_before(order, engine, first, candidate));
	if (operation->op == OP_JOIN_WAIT || operation->op == OP_JOIN_TIMEOUT)
		return is_done_before(order, engine, first, candidate->before,
				      OP_END, operation->address) ==
		       (operation->op == OP_JOIN_WAIT);
	if (operation->op == OP_COND_DRAIN)
		return waiters_before(engine, first, operation) == 0;
	if (operation->op == OP_COND_TIMEOUT ||
	    operation->op == OP_FUTEX_TIMEOUT)
		return may_give_up_before(order, engine, first, candidate);
	if (possible_is_spurious(operation))
		return may_give_up_before(order, engine, first, candidate) &&
		       is_spurious_left_for(order, engine, first, candidate);
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

static bool is_cancellable(const struct performed *performed)
{
	return op_varies((enum op)performed->announced) &&
	       !alternative_wakes((enum op)performed->announced) &&
	       (performed->operation.alternatives & WAIT_CANCEL);
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
	if (is_cancellable(performed))
		return ALTERNATIVES_OF_WAITS;
	/* A lock that can be had does not time out, and the other way round. */
	return op_varies((enum op)performed->announced)
		       ? 0
		       : performed->operation.alternatives;
}

static bool is_done_earlier(const struct engine *engine, size_t event,
			    enum op op, uintptr_t address)
{
	for (size_t i = 0; i < event; i++)
		if (engine->log[i].operation.op == op &&
		    engine->log[i].operation.address == address)
			return true;
	return false;
}

/* Whether a wait that was cancelled need not have been. */
static bool was_given(const struct engine *engine, size_t event)
{
	const struct performed *performed = &engine->log[event];

	if (op_object(performed->announced) == OP_OBJECT_THREAD)
		return is_done_earlier(engine, event, OP_END,
				       performed->operation.address);
	return performed->available & runtime_needs(&performed->operation);
}

static bool is_cancelled(const struct engine *engine, size_t event)
{
	const struct operation *operation = &engine->log[event].operation;

	return (operation->alternatives & WAIT_CANCEL) &&
	       is_done_earlier(engine, event, OP_CANCEL, operation->bytes);
}

/* Who has been signalled goes on, or was cancelled in spite of it. */
static bool instead_of_signal(const struct engine *engine, size_t event,
			      uint32_t alternative)
{
	const struct performed *performed = &engine->log[event];

	if (alternative == RESULT_CANCELLED)
		return is_cancelled(engine, event) && performed->waiters == 0;
	return alternative == 0;
}

/* Where a wait for a signal ended without one, it could have done so for any
 * other reason; to be cancelled takes no more than that somebody has asked for
 * it. */
bool possible_instead(const struct engine *engine, size_t event,
		      uint32_t alternative)
{
	const struct performed *performed = &engine->log[event];
	const enum op announced = (enum op)performed->announced;
	const unsigned kind = performed->operation.alternatives;
	const bool is_queued = alternative_is_queued(announced);

	if (!is_queued && !is_cancellable(performed))
		return true;
	if (is_queued && performed->cause)
		return instead_of_signal(engine, event, alternative);
	if (is_queued && alternative == 0)
		return false;
	switch (alternative) {
	case 0:
		return was_given(engine, event);
	case 1:
		return (kind & (WAIT_TIMED | WAIT_PASSED)) &&
		       (is_queued || !was_given(engine, event));
	case 2:
		return is_queued && is_spurious_left(engine, event);
	default:
		return is_cancelled(engine, event);
	}
}
