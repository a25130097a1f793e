/*
 * What could have been had elsewhere. See available.h.
 */
#include "engine/available.h"

/* Whether there is another post to the same semaphore that stands behind event
 * `first` only by chance: either may come first. */
static bool another_post_comes(const struct engine *engine,
			       const struct order *order, size_t first)
{
	const struct operation *post = &engine->log[first].operation;

	for (size_t i = first + 1; i < engine->depth; i++) {
		const struct operation *other = &engine->log[i].operation;

		if (other->op == OP_SEM_POST &&
		    other->address == post->address &&
		    !order_before(order, engine, first, i))
			return true;
	}
	return false;
}

/* Of an event on the same object the log knows what was before it in this
 * order; what commutes with it may come before it as well. An ending, which is
 * the last event, leaves all objects as they are. */
bool available_without(const struct engine *engine, const struct order *order,
		       size_t first, const struct operation *later)
{
	const struct performed *performed = &engine->log[first];
	unsigned needs = runtime_needs(later);

	if (op_is_ending(performed->operation.op))
		return runtime_availability(later) & needs;
	if (performed->available & needs)
		return true;
	return performed->operation.detail == COMMUTES_POSTS &&
	       performed->operation.op == OP_SEM_POST &&
	       another_post_comes(engine, order, first);
}
