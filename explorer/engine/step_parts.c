/*
 * What is worth remembering of a step that is no access to memory. See
 * step_parts.h.
 */
#include "engine/step_parts.h"

#include "engine/dependence.h"
#include "runtime/alternative.h"
#include "runtime/barrier.h"
#include "runtime/condition.h"
#include "runtime/rwlock.h"

static void remember_rwlock(struct performed *performed)
{
	struct operation *operation = &performed->operation;

	performed->readers = (uint16_t)rwlock_readers(operation->address);
	if (op_is_try((enum op)operation->op) &&
	    (performed->available & runtime_needs(operation)))
		operation->detail = commuting_if_got(operation);
}

void step_remember_object(const struct engine *engine,
			  struct performed *performed,
			  const struct thread *thread)
{
	enum op op;

	if (op_varies(performed->announced))
		alternative_take(engine->runtime, (enum op)performed->announced,
				 performed->choice.alternative,
				 &performed->operation);
	op = (enum op)performed->operation.op;
	performed->available =
		(uint8_t)runtime_availability(&performed->operation);
	if ((op_traits[op] & OP_TRAIT_QUEUES) ||
	    (op == OP_COND_REACQUIRE && performed->operation.bytes))
		performed->waiters = (uint16_t)condition_waiters(
			&engine->runtime->state,
			condition_of(&performed->operation));
	if (op == OP_COND_REACQUIRE || op == OP_COND_CANCELLED ||
	    op == OP_FUTEX_AWAKE)
		performed->cause = thread->signalled;
	else if (op == OP_BARRIER_LEAVE)
		performed->cause = (uint32_t)performed->operation.source;
	else if (op == OP_BARRIER_ARRIVE)
		performed->operation.detail = barrier_commuting_now(
			engine->runtime, &performed->operation);
	else if (op_object(op) == OP_OBJECT_RWLOCK)
		remember_rwlock(performed);
}
