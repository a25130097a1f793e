/*
 * What could have been had elsewhere. See available.h.
 */
#include "engine/available.h"

#include "runtime/enabled.h"

#define NO_EVENT SIZE_MAX

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

/* The earliest event on the object that is to come later. */
static size_t first_missing(const struct order *order,
			    const struct engine *engine,
			    const struct postponed *postponed,
			    const struct operation *operation, size_t before)
{
	for (size_t i = postponed->at[0]; i < before; i++)
		if (is_on(&engine->log[i], operation) &&
		    available_is_postponed(postponed, order, engine, i))
			return i;
	return NO_EVENT;
}

/* Whether an event commutes with the missing one, and comes nevertheless. */
static bool is_beside(const struct order *order, const struct engine *engine,
		      const struct postponed *postponed, size_t missing,
		      size_t event)
{
	const struct operation *operation = &engine->log[missing].operation;
	const struct operation *other = &engine->log[event].operation;

	return other->detail == operation->detail &&
	       op_object(other->op) == op_object(operation->op) &&
	       other->address == operation->address &&
	       !available_is_postponed(postponed, order, engine, event);
}

static bool another_post_comes(const struct order *order,
			       const struct engine *engine,
			       const struct postponed *postponed,
			       size_t missing)
{
	for (size_t i = missing + 1; i < engine->depth; i++)
		if (is_beside(order, engine, postponed, missing, i))
			return true;
	return false;
}

static bool begins_to_read(const struct performed *performed)
{
	return performed->operation.op != OP_RWLOCK_RDUNLOCK;
}

static bool nobody_reads(const struct order *order, const struct engine *engine,
			 const struct postponed *postponed, size_t missing)
{
	uint32_t readers = engine->log[missing].readers;

	for (size_t i = missing + 1; i < engine->depth; i++)
		if (is_beside(order, engine, postponed, missing, i))
			readers += begins_to_read(&engine->log[i]) ? 1U : -1U;
	return readers == 0;
}

/* Of an event on the same object the log knows what was before it in this
 * order; what commutes with it may come before it as well. An ending, which is
 * the last event, leaves all objects as they are. */
bool available_without(const struct order *order, const struct engine *engine,
		       const struct postponed *postponed,
		       const struct operation *operation, size_t before)
{
	const struct performed *performed = &engine->log[postponed->at[0]];
	unsigned needs = runtime_needs(operation);
	size_t missing;

	if (op_is_ending(performed->operation.op))
		return runtime_availability(operation) & needs;
	missing = first_missing(order, engine, postponed, operation, before);
	if (missing == NO_EVENT)
		return (before < engine->depth
				? engine->log[before].available
				: runtime_availability(operation)) &
		       needs;
	performed = &engine->log[missing];
	if (performed->operation.detail == COMMUTES_READERS &&
	    needs == AVAILABLE_EXCLUSIVE)
		return nobody_reads(order, engine, postponed, missing);
	return (performed->available & needs) ||
	       (performed->operation.detail == COMMUTES_POSTS &&
		another_post_comes(order, engine, postponed, missing));
}

/* The last event with which somebody begins to read who then goes on reading,
 * of those that are beside the missing one. */
static size_t last_reader(const struct order *order,
			  const struct engine *engine,
			  const struct postponed *postponed, size_t missing)
{
	uint32_t ends[THREADS_MAX] = {0};

	for (size_t i = engine->depth; i-- > missing + 1;) {
		uint32_t thread = engine->log[i].choice.thread;

		if (!is_beside(order, engine, postponed, missing, i))
			continue;
		if (!begins_to_read(&engine->log[i]))
			ends[thread]++;
		else if (ends[thread] > 0)
			ends[thread]--;
		else
			return i;
	}
	return NO_EVENT;
}

/* A thread that reads twice is postponed to before both. */
static void postpone(const struct engine *engine, struct postponed *postponed,
		     size_t event)
{
	uint32_t thread = engine->log[event].choice.thread;
	uint32_t i = 1;

	while (i < postponed->count &&
	       engine->log[postponed->at[i]].choice.thread != thread)
		i++;
	postponed->at[i] = event;
	if (i == postponed->count)
		postponed->count++;
}

bool available_postponing(const struct order *order,
			  const struct engine *engine,
			  struct postponed *postponed,
			  const struct operation *operation, size_t before,
			  const uint32_t *clock)
{
	while (!available_without(order, engine, postponed, operation,
				  before)) {
		size_t missing = first_missing(order, engine, postponed,
					       operation, before);
		size_t reader =
			missing == NO_EVENT ||
					engine->log[missing].operation.detail !=
						COMMUTES_READERS
				? NO_EVENT
				: last_reader(order, engine, postponed,
					      missing);

		if (reader == NO_EVENT ||
		    order_covers(order, engine, clock, reader))
			return false;
		postpone(engine, postponed, reader);
	}
	return true;
}
