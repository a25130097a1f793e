/*
 * Which operations conflict. See dependence.h.
 *
 * Each kind works on objects of one sort. Two operations on the same object
 * conflict if they do not both only look at it, and do not say that they
 * commute (enum commuting); operations on objects of different sorts never do.
 * Ending operations conflict with all others, silent ones with none. An
 * operation on several objects is as many operations on one each.
 */
#include "engine/dependence.h"

#include "engine/await.h"
#include "runtime/alternative.h"
#include "runtime/barrier.h"
#include "runtime/thing.h"

static bool only_looks(const struct operation *operation)
{
	return operation->op == OP_SEM_GETVALUE ||
	       operation->op == OP_SEM_FIND || operation->op == OP_KILL ||
	       operation->op == OP_THREAD_GET ||
	       operation->op == OP_TESTCANCEL ||
	       operation->detail == COMMUTES_LOOKS;
}

/* What it waits for lies in its cause, not in the object. */
static bool touches_nothing(const struct operation *operation)
{
	return operation->op == OP_BARRIER_LEAVE ||
	       operation->op == OP_FUTEX_AWAKE;
}

static bool commute(const struct operation *a, const struct operation *b)
{
	if (a->op == OP_BARRIER_ARRIVE && b->op == OP_BARRIER_ARRIVE)
		return barrier_missing(a) > 1 && barrier_missing(b) > 1;
	return a->detail != COMMUTES_NOT && a->detail == b->detail;
}

static bool on_one_object_conflict(const struct operation *a,
				   const struct operation *b)
{
	return a->address == b->address && !(only_looks(a) && only_looks(b)) &&
	       !touches_nothing(a) && !touches_nothing(b) && !commute(a, b);
}

static bool only_uses_key(const struct operation *operation)
{
	return operation->op == OP_KEY_GET || operation->op == OP_KEY_SET;
}

/* A key is free for all once it is deleted, and whose it becomes depends on the
 * order; who uses it in between, or still does afterwards, is told apart from
 * who has used it before. */
static bool keys_conflict(const struct operation *a, const struct operation *b)
{
	if (only_uses_key(a) && only_uses_key(b))
		return false;
	if (only_uses_key(a) || only_uses_key(b))
		return a->address == b->address || a->op == OP_KEY_CREATE ||
		       b->op == OP_KEY_CREATE;
	return true;
}

static bool is_object_in_memory(enum op_object sort)
{
	switch (sort) {
	case OP_OBJECT_MUTEX:
	case OP_OBJECT_RWLOCK:
	case OP_OBJECT_SPIN_LOCK:
	case OP_OBJECT_ONCE:
	case OP_OBJECT_SEMAPHORE:
	case OP_OBJECT_CONDITION:
	case OP_OBJECT_BARRIER:
	case OP_OBJECT_FUTEX:
		return true;
	case OP_OBJECT_NONE:
	case OP_OBJECT_MEMORY:
	case OP_OBJECT_DESCRIPTOR:
	case OP_OBJECT_RANDOM:
	case OP_OBJECT_CLOCK:
	case OP_OBJECT_THREAD:
	case OP_OBJECT_KEY:
	case OP_OBJECT_NAME:
	case OP_OBJECT_UNKNOWN:
		return false;
	}
	return false;
}

/* Whether the one ends the block or the frame that the other's object lies in.
 */
static bool ends(const struct operation *a, const struct operation *b)
{
	return (a->op == OP_FREE || a->op == OP_RETURN) &&
	       b->address - a->address < a->bytes && !touches_nothing(b) &&
	       is_object_in_memory(op_object((enum op)b->op));
}

/* Of operations on one object each. */
static bool parts_conflict(const struct operation *a, const struct operation *b)
{
	enum op_object sort = op_object(a->op);
	enum op_object other = op_object(b->op);

	/* What a thread has chosen shows in what it does then, and a search has
	 * it choose before others do anything (choices.c). */
	if (a->op == OP_CHOOSE || b->op == OP_CHOOSE)
		return false;
	if (op_is_ending(a->op) || op_is_ending(b->op) ||
	    sort == OP_OBJECT_UNKNOWN || other == OP_OBJECT_UNKNOWN)
		return true;
	if (ends(a, b) || ends(b, a))
		return true;
	if (sort != other || op_class(a->op) == OP_CLASS_SILENT ||
	    op_class(b->op) == OP_CLASS_SILENT)
		return false;
	switch (sort) {
	case OP_OBJECT_MEMORY:
		return accesses_conflict(a, b);
	case OP_OBJECT_MUTEX:
	case OP_OBJECT_RWLOCK:
	case OP_OBJECT_SPIN_LOCK:
	case OP_OBJECT_ONCE:
	case OP_OBJECT_SEMAPHORE:
	case OP_OBJECT_CONDITION:
	case OP_OBJECT_BARRIER:
	case OP_OBJECT_THREAD:
	case OP_OBJECT_NAME:
	case OP_OBJECT_FUTEX:
		return on_one_object_conflict(a, b);
	case OP_OBJECT_CLOCK:
		return a->op != OP_CLOCK_SLEEP || b->op != OP_CLOCK_SLEEP;
	case OP_OBJECT_KEY:
		return keys_conflict(a, b);
	case OP_OBJECT_NONE:
		return false;
	case OP_OBJECT_DESCRIPTOR:
		/* Standard output and error are one text, in order. */
	case OP_OBJECT_RANDOM:
	case OP_OBJECT_UNKNOWN:
		return true;
	}
	return true;
}

/* Of a wait: whether it ends if the thread is cancelled. */
static bool looks_at_cancel(const struct operation *operation)
{
	return thing_is(operation->bytes);
}

static bool has_parts(const struct operation *operation)
{
	return operation->op == OP_COND_WAIT || operation->op == OP_SEM_CLOSE ||
	       operation->op == OP_COND_TIMEOUT ||
	       operation->op == OP_COND_SPURIOUS ||
	       operation->op == OP_COND_CANCELLED ||
	       looks_at_cancel(operation) || operation->op == OP_FUTEX_WAIT ||
	       operation->op == OP_FUTEX_TIMEOUT ||
	       operation->op == OP_FUTEX_SPURIOUS ||
	       alternative_is_timeout((enum op)operation->op);
}

#define PARTS_MAX 4U

/* What an operation is on besides its object, as operations on that. Time moves
 * on as if by sleeping. How many spurious wake-ups are left is a condition of
 * its own, at no address. Returns how many. */
static unsigned further_parts(const struct operation *operation,
			      struct operation *ret_parts)
{
	const struct operation waits = {.op = OP_COND_BROADCAST,
					.address = operation->source};
	const struct operation unlocks = {.op = OP_MUTEX_UNLOCK,
					  .address = operation->source};
	const struct operation takes = {.op = OP_COND_BROADCAST};
	const struct operation sleeps = {.op = OP_CLOCK_SLEEP};
	const struct operation unlinks = {.op = OP_SEM_UNLINK,
					  .address = operation->source};
	const struct operation looks = {.op = OP_ATOMIC_LOAD,
					.address = operation->address,
					.bytes = sizeof(uint32_t)};
	const struct operation tests = {.op = OP_TESTCANCEL,
					.address = operation->bytes};
	const enum op op = (enum op)operation->op;
	unsigned count = 0;

	if (looks_at_cancel(operation))
		ret_parts[count++] = tests;
	if (op == OP_SEM_CLOSE)
		ret_parts[count++] = unlinks;
	if (op == OP_FUTEX_WAIT)
		ret_parts[count++] = looks;
	if (op == OP_COND_WAIT)
		ret_parts[count++] = unlocks;
	if (op == OP_COND_TIMEOUT || op == OP_COND_SPURIOUS ||
	    op == OP_COND_CANCELLED ||
	    (op == OP_COND_REACQUIRE && looks_at_cancel(operation)))
		ret_parts[count++] = waits;
	if (op == OP_COND_SPURIOUS || op == OP_FUTEX_SPURIOUS)
		ret_parts[count++] = takes;
	if (op == OP_COND_TIMEOUT || op == OP_FUTEX_TIMEOUT ||
	    alternative_is_timeout(op))
		ret_parts[count++] = sleeps;
	return count;
}

static unsigned parts_of(const struct operation *operation,
			 struct operation *ret_parts)
{
	ret_parts[0] = *operation;
	return has_parts(operation)
		       ? 1 + further_parts(operation, ret_parts + 1)
		       : 1;
}

/* Of operations on one object each. */
static bool may_change_awaited(const struct operation *await,
			       const struct operation *part)
{
	if (op_object(part->op) == OP_OBJECT_MEMORY)
		return operation_is_write(part) && await_has(await, part);
	return !only_looks(part) && await_has(await, part);
}

static bool await_conflicts(const struct operation *await,
			    const struct operation *other)
{
	const bool is_wait = op_object(other->op) != OP_OBJECT_CONDITION ||
			     other->op == OP_COND_WAIT;
	struct operation parts[PARTS_MAX];
	unsigned count;

	if (op_is_ending(other->op) ||
	    op_object(other->op) == OP_OBJECT_UNKNOWN)
		return true;
	if (other->op == OP_AWAIT)
		return false;
	/* It looks at nothing that is visible, or so it seems. */
	if (await_is_private(await))
		return true;
	count = parts_of(other, parts);
	for (unsigned i = 0; i < count; i++)
		if (may_change_awaited(await, &parts[i]) &&
		    !(op_object(parts[i].op) == OP_OBJECT_CONDITION &&
		      is_wait && await_ignores_waits(await)))
			return true;
	return false;
}

bool operations_conflict_otherwise(const struct operation *a,
				   const struct operation *b)
{
	struct operation of_a[PARTS_MAX];
	struct operation of_b[PARTS_MAX];
	unsigned a_count;
	unsigned b_count;

	if (a->op == OP_AWAIT)
		return await_conflicts(a, b);
	if (b->op == OP_AWAIT)
		return await_conflicts(b, a);
	if (!has_parts(a) && !has_parts(b))
		return parts_conflict(a, b);
	a_count = parts_of(a, of_a);
	b_count = parts_of(b, of_b);
	for (unsigned i = 0; i < a_count; i++)
		for (unsigned j = 0; j < b_count; j++)
			if (parts_conflict(&of_a[i], &of_b[j]))
				return true;
	return false;
}
