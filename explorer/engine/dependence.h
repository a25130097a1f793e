/*
 * Which operations conflict: whether the order of two of them can matter.
 *
 * Said once, here, and symmetrically, for every pair; strategies and detectors
 * ask and never look at kinds themselves. What has no row conflicts with
 * everything.
 */
#ifndef EXPLORER_ENGINE_DEPENDENCE_H
#define EXPLORER_ENGINE_DEPENDENCE_H

#include <stdbool.h>

#include "runtime/runtime.h"

/* operations_conflict() for operations that are not both accesses. */
bool operations_conflict_otherwise(const struct operation *a,
				   const struct operation *b);

/* Whether an operation accesses memory, and whether it does so atomically. */
static inline bool operation_is_access(const struct operation *operation)
{
	return op_traits[operation->op] & OP_TRAIT_ACCESS;
}

static inline bool operation_is_atomic(const struct operation *operation)
{
	return op_traits[operation->op] & OP_TRAIT_ATOMIC;
}

/* Of an access: whether it writes to its object, and whether it reads it. (A
 * copy reads its source only.) */
static inline bool operation_is_write(const struct operation *operation)
{
	return op_traits[operation->op] & OP_TRAIT_WRITES;
}

static inline bool operation_is_read(const struct operation *operation)
{
	return op_traits[operation->op] & OP_TRAIT_READS;
}

/* Whether the ranges [a, a + a_bytes) and [b, b + b_bytes) share a byte. */
static inline bool ranges_overlap(uintptr_t a, uint64_t a_bytes, uintptr_t b,
				  uint64_t b_bytes)
{
	return (a < b + b_bytes) & (b < a + a_bytes);
}

/* Whether two operations of different threads access the same bytes of
 * memory, at least one of them writing: a copy reads its source. */
static inline bool accesses_conflict(const struct operation *a,
				     const struct operation *b)
{
	if ((operation_is_write(a) || operation_is_write(b)) &&
	    ranges_overlap(a->address, a->bytes, b->address, b->bytes))
		return true;
	if (a->op == OP_COPY && operation_is_write(b) &&
	    ranges_overlap(a->source, a->bytes, b->address, b->bytes))
		return true;
	return b->op == OP_COPY && operation_is_write(a) &&
	       ranges_overlap(b->source, b->bytes, a->address, a->bytes);
}

/* Whether two operations of different threads conflict. */
static inline bool operations_conflict(const struct operation *a,
				       const struct operation *b)
{
	unsigned both = op_traits[a->op] & op_traits[b->op];
	unsigned either = op_traits[a->op] | op_traits[b->op];

	if (!(both & OP_TRAIT_ACCESS))
		return operations_conflict_otherwise(a, b);
	return (either & OP_TRAIT_WRITES) && accesses_conflict(a, b);
}

#endif
