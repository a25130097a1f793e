/*
 * Which operations conflict. See dependence.h.
 *
 * Each kind belongs to a family that works on objects of one sort. Two
 * operations of one family conflict if they are on the same object and not both
 * only look at it. Different families never meet on an object, apart from
 * FREE, which is memory's. Ending operations conflict with all others.
 */
#include "engine/dependence.h"

enum family {
	FAMILY_NONE, /* conflicts with nothing */
	FAMILY_MEMORY,
	FAMILY_LOCK,
	FAMILY_SEMAPHORE,
	FAMILY_OUTPUT,
	FAMILY_RANDOM,
	FAMILY_CLOCK,
	FAMILY_ALL, /* conflicts with everything */
};

static enum family family_of(enum op op)
{
	switch (op) {
	case OP_READ:
	case OP_WRITE:
	case OP_COPY:
	case OP_ATOMIC_LOAD:
	case OP_ATOMIC_STORE:
	case OP_ATOMIC_UPDATE:
	case OP_ATOMIC_COMPARE:
	case OP_FREE:
		return FAMILY_MEMORY;
	case OP_MUTEX_INIT:
	case OP_MUTEX_DESTROY:
	case OP_MUTEX_LOCK:
	case OP_MUTEX_TRYLOCK:
	case OP_MUTEX_UNLOCK:
		return FAMILY_LOCK;
	case OP_SEM_INIT:
	case OP_SEM_DESTROY:
	case OP_SEM_WAIT:
	case OP_SEM_TRYWAIT:
	case OP_SEM_POST:
	case OP_SEM_GETVALUE:
		return FAMILY_SEMAPHORE;
	case OP_OUTPUT:
		return FAMILY_OUTPUT;
	case OP_RANDOM:
		return FAMILY_RANDOM;
	case OP_CLOCK:
	case OP_CLOCK_SLEEP:
		return FAMILY_CLOCK;
	case OP_SPIN:
	case OP_CREATE:
	case OP_JOIN:
	case OP_DETACH:
	case OP_START:
	case OP_END:
	case OP_YIELD:
	case OP_SLEEP:
		return FAMILY_NONE;
	case OP_EXIT:
	case OP_ABORT:
	case OP_ASSERT:
	case OP_CRASH:
	case OP_OVERFLOW:
	case OP_UNSUPPORTED:
	case OP_COUNT:
		return FAMILY_ALL;
	}
	return FAMILY_ALL;
}

static bool only_looks(const struct operation *operation)
{
	return operation->op == OP_SEM_GETVALUE;
}

bool operations_conflict_otherwise(const struct operation *a,
				   const struct operation *b)
{
	enum family family = family_of(a->op);
	enum family other = family_of(b->op);

	if (family == FAMILY_ALL || other == FAMILY_ALL)
		return true;
	if (family != other || family == FAMILY_NONE)
		return false;
	switch (family) {
	case FAMILY_MEMORY:
		return accesses_conflict(a, b);
	case FAMILY_LOCK:
	case FAMILY_SEMAPHORE:
		return a->address == b->address &&
		       !(only_looks(a) && only_looks(b));
	case FAMILY_CLOCK:
		return a->op != OP_CLOCK_SLEEP || b->op != OP_CLOCK_SLEEP;
	case FAMILY_OUTPUT:
		/* Standard output and error are one text, in order. */
	case FAMILY_RANDOM:
	case FAMILY_NONE:
	case FAMILY_ALL:
		return true;
	}
	return true;
}
