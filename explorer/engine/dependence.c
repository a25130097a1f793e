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

static bool only_looks(const struct operation *operation)
{
	return operation->op == OP_SEM_GETVALUE || operation->op == OP_KILL ||
	       operation->op == OP_THREAD_GET ||
	       operation->detail == COMMUTES_LOOKS;
}

/* What it waits for lies in its cause, not in the object. */
static bool touches_nothing(const struct operation *operation)
{
	return operation->op == OP_BARRIER_LEAVE;
}

static bool commute(const struct operation *a, const struct operation *b)
{
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
 * order. Nobody can use it in between. */
static bool keys_conflict(const struct operation *a, const struct operation *b)
{
	if (only_uses_key(a) || only_uses_key(b))
		return a->address == b->address &&
		       (a->op == OP_KEY_DELETE || b->op == OP_KEY_DELETE);
	return true;
}

/* Of operations on one object each. */
static bool parts_conflict(const struct operation *a, const struct operation *b)
{
	enum op_object sort = op_object(a->op);
	enum op_object other = op_object(b->op);

	if (op_is_ending(a->op) || op_is_ending(b->op) ||
	    sort == OP_OBJECT_UNKNOWN || other == OP_OBJECT_UNKNOWN)
		return true;
	if (sort != other || op_class(a->op) == OP_CLASS_SILENT ||
	    op_class(b->op) == OP_CLASS_SILENT)
		return false;
	switch (sort) {
	case OP_OBJECT_MEMORY:
		return accesses_conflict(a, b);
	case OP_OBJECT_MUTEX:
	case OP_OBJECT_SEMAPHORE:
	case OP_OBJECT_CONDITION:
	case OP_OBJECT_BARRIER:
	case OP_OBJECT_THREAD:
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

static bool has_parts(const struct operation *operation)
{
	return operation->op == OP_COND_WAIT;
}

/* The n-th part of an operation; false where there are fewer. */
static bool part_of(const struct operation *operation, unsigned n,
		    struct operation *ret_part)
{
	*ret_part = *operation;
	if (n == 0)
		return true;
	if (operation->op != OP_COND_WAIT || n > 1)
		return false;
	ret_part->op = OP_MUTEX_UNLOCK;
	ret_part->address = operation->source;
	return true;
}

bool operations_conflict_otherwise(const struct operation *a,
				   const struct operation *b)
{
	struct operation one;
	struct operation other;

	if (!has_parts(a) && !has_parts(b))
		return parts_conflict(a, b);
	for (unsigned i = 0; part_of(a, i, &one); i++)
		for (unsigned j = 0; part_of(b, j, &other); j++)
			if (parts_conflict(&one, &other))
				return true;
	return false;
}
