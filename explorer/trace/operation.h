/*
 * The kinds of operation, from op.def, and the record of one that happened.
 */
#ifndef EXPLORER_TRACE_OPERATION_H
#define EXPLORER_TRACE_OPERATION_H

#include <stdbool.h>
#include <stdint.h>

#include "trace/location.h"

enum op {
#define OP(identifier, name, class, object) OP_##identifier,
#include "trace/op.def"
#undef OP
	OP_COUNT
};

/* Sets of kinds. */
#define OP_BIT(op) ((uint64_t)1 << (op))

enum op_class { OP_CLASS_VISIBLE, OP_CLASS_SILENT, OP_CLASS_ENDING };

/* "read", "lock" ... */
const char *op_name(enum op op);
/* OP_COUNT if there is none of that name. */
enum op op_by_name(const char *name);
enum op_class op_class(enum op op);

/* op_class() for where it is asked at every step. */
static inline bool op_is_ending(enum op op)
{
	const uint64_t ending = OP_BIT(OP_EXIT) | OP_BIT(OP_ABORT) |
				OP_BIT(OP_ASSERT) | OP_BIT(OP_CRASH) |
				OP_BIT(OP_OVERFLOW) | OP_BIT(OP_UNSUPPORTED);

	return OP_BIT(op) & ending;
}

/* C11's memory orders, in <stdatomic.h>'s numbering; plain for the rest. */
enum memory_order_kind {
	ORDER_RELAXED,
	ORDER_CONSUME,
	ORDER_ACQUIRE,
	ORDER_RELEASE,
	ORDER_ACQ_REL,
	ORDER_SEQ_CST,
	ORDER_PLAIN,
};

#define EVENT_NONE UINT64_MAX

/*
 * One operation that was performed, as the library reports it (a STEP message).
 * Values are those of the first min(size, 8) bytes of the object.
 */
struct event {
	uint64_t step;	 /* position in the schedule, from 0 */
	uint32_t thread; /* number in creation order */
	uint32_t index;	 /* n-th visible operation of its thread, from 0 */
	uint32_t op;	 /* enum op */
	uint32_t order;	 /* enum memory_order_kind */
	struct location object;
	struct location source; /* OP_COPY: what is read; else LOCATION_NONE */
	uint64_t size;		/* bytes accessed; 0 if no memory is */
	uint64_t before;	/* value before the step */
	uint64_t after;		/* value after it */
	uint64_t reads_from;	/* step whose write is read, or EVENT_NONE */
	uint32_t alternative;
	int32_t result; /* what a trylock, trywait ... returned */
	struct code_place place;
	bool has_values;  /* before and after are known */
	bool lost_update; /* overwrites another thread's write unseen */
};

#endif
