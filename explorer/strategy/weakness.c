/*
 * What tells without ordering. See weakness.h.
 */
#include "strategy/weakness.h"

#include "engine/dependence.h"
#include "runtime/alternative.h"
#include "runtime/mutex_state.h"

/* Whether whoever reads what it wrote sees all that was done before, and it all
 * that was done before what it read. */
static bool is_weak_access(const struct performed *performed)
{
	const struct operation *operation = &performed->operation;
	enum memory_order_kind order = (enum memory_order_kind)operation->order;

	if (!operation_is_atomic(operation) || order == ORDER_SEQ_CST ||
	    order == ORDER_ACQ_REL)
		return false;
	if (operation->op == OP_ATOMIC_LOAD || performed->failed)
		return order != ORDER_ACQUIRE;
	if (operation->op == OP_ATOMIC_STORE)
		return order != ORDER_RELEASE;
	return true;
}

/* The last step of the same thread before the last one, counted from 1; 0 if
 * there is none. */
static size_t step_before(const struct engine *engine, uint32_t thread)
{
	size_t i = engine->depth - 1;

	while (i > 0 && engine->log[i - 1].choice.thread != thread)
		i--;
	return i;
}

static bool has_joined_since(const struct engine *engine, uint32_t thread,
			     size_t step)
{
	const struct runtime_state *state = &engine->runtime->state;

	for (uint32_t i = 0; i < state->count; i++)
		if (state->threads[i].joined &&
		    state->threads[i].joined_by == thread &&
		    state->threads[i].joined_at >= step)
			return true;
	return false;
}

/* Whether all that the thread knew before the last step is known to whoever
 * takes the mutex behind it: it has it, or has given it back and has done
 * nothing else since. */
static bool hands_over(const struct engine *engine, uint32_t thread,
		       uintptr_t mutex)
{
	size_t before = step_before(engine, thread);
	const struct operation *last;

	if (mutex_owner(mutex) == thread)
		return true;
	if (before == 0 || has_joined_since(engine, thread, before))
		return false;
	last = &engine->log[before - 1].operation;
	return last->op == OP_MUTEX_UNLOCK && last->address == mutex;
}

/* Whether it has woken somebody who need not see what was done before. */
static bool wakes_unordered(const struct engine *engine,
			    const struct performed *performed)
{
	const struct thread *thread;

	FOR_LIVE(thread, &engine->runtime->state)
	if (thread->signalled == engine->depth &&
	    (thread->pending.op != OP_COND_REACQUIRE ||
	     !hands_over(engine, performed->choice.thread,
			 thread->pending.address)))
		return true;
	return false;
}

static bool passes_time(enum op op)
{
	return op == OP_CLOCK_SLEEP || op == OP_COND_TIMEOUT ||
	       op == OP_FUTEX_TIMEOUT || alternative_is_timeout(op);
}

/* Whether the time that was read has passed while others slept. */
static bool shows_time_of_others(const struct engine *engine,
				 const struct performed *performed)
{
	if (performed->operation.op != OP_CLOCK)
		return false;
	for (size_t i = engine->depth - 1; i > 0; i--)
		if (engine->log[i - 1].choice.thread !=
			    performed->choice.thread &&
		    passes_time((enum op)engine->log[i - 1].operation.op))
			return true;
	return false;
}

/* An operation on an object that takes and gives, but for those that only
 * look. */
static bool tells_by_failing(const struct performed *performed)
{
	const enum op op = (enum op)performed->operation.op;

	return performed->failed || op == OP_SEM_GETVALUE ||
	       alternative_is_timeout(op);
}

/* Of those on what a thread is told of others: to be cancelled, for one. */
static bool tells_of_thread(const struct performed *performed)
{
	switch (performed->operation.op) {
	case OP_CANCEL:
	case OP_KILL:
	case OP_THREAD_GET:
	case OP_EXIT_HANDLER:
		return true;
	default:
		return performed->failed;
	}
}

static bool shows(const struct engine *engine,
		  const struct performed *performed)
{
	if (engine->runtime->state.count == 1)
		return false;
	switch (op_object(performed->operation.op)) {
	case OP_OBJECT_MEMORY:
		return is_weak_access(performed) ||
		       (performed->failed &&
			!operation_is_atomic(&performed->operation));
	case OP_OBJECT_MUTEX:
	case OP_OBJECT_RWLOCK:
	case OP_OBJECT_SPIN_LOCK:
	case OP_OBJECT_ONCE:
	case OP_OBJECT_SEMAPHORE:
	case OP_OBJECT_BARRIER:
		return tells_by_failing(performed);
	case OP_OBJECT_CONDITION:
	case OP_OBJECT_FUTEX:
		return performed->failed || wakes_unordered(engine, performed);
	case OP_OBJECT_THREAD:
		return tells_of_thread(performed);
	case OP_OBJECT_RANDOM:
	case OP_OBJECT_KEY:
	case OP_OBJECT_NAME:
		return true;
	case OP_OBJECT_CLOCK:
		return shows_time_of_others(engine, performed);
	case OP_OBJECT_NONE:
	case OP_OBJECT_DESCRIPTOR:
	case OP_OBJECT_UNKNOWN:
		return false;
	}
	return true;
}

/* Whether all that it tells is that the mutex is another's, or nothing at all.
 * One that has been left inconsistent or destroyed says more. */
static bool is_failed_try(const struct performed *performed)
{
	const struct operation *operation = &performed->operation;

	return operation->op == OP_MUTEX_TRYLOCK && performed->failed &&
	       (performed->choice.alternative > 0 ||
		mutex_owner(operation->address) != THREADS_MAX);
}

enum weakness weakness_shows(const struct engine *engine,
			     const struct performed *performed)
{
	if (!shows(engine, performed))
		return WEAKNESS_NONE;
	return is_failed_try(performed) ? WEAKNESS_TRIES : WEAKNESS_OTHER;
}
