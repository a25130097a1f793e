/*
 * The kinds of operation, from op.def, and the record of one that happened.
 */
#ifndef EXPLORER_TRACE_OPERATION_H
#define EXPLORER_TRACE_OPERATION_H

#include <stdbool.h>
#include <stdint.h>

#include "trace/location.h"

enum op {
#define OP(identifier, name, class, object, traits) OP_##identifier,
#include "trace/op.def"
#undef OP
	OP_COUNT
};

enum op_class { OP_CLASS_VISIBLE, OP_CLASS_SILENT, OP_CLASS_ENDING };

/* What operations work on. Only those on objects of one sort can conflict. */
enum op_object {
	OP_OBJECT_NONE,
	OP_OBJECT_MEMORY,
	OP_OBJECT_MUTEX,
	OP_OBJECT_RWLOCK,
	OP_OBJECT_SPIN_LOCK,
	OP_OBJECT_ONCE,
	OP_OBJECT_SEMAPHORE,
	OP_OBJECT_CONDITION,
	OP_OBJECT_BARRIER,
	OP_OBJECT_DESCRIPTOR,
	OP_OBJECT_RANDOM,
	OP_OBJECT_CLOCK,
	OP_OBJECT_THREAD,
	OP_OBJECT_KEY,	   /* of thread-specific data */
	OP_OBJECT_NAME,	   /* of a semaphore */
	OP_OBJECT_FUTEX,   /* who waits at a word */
	OP_OBJECT_UNKNOWN, /* of what is no kind */
};

/* "read", "lock" ... */
const char *op_name(enum op op);
/* OP_COUNT if there is none of that name. */
enum op op_by_name(const char *name);

extern const uint8_t op_classes[OP_COUNT];
/* A row for what is no kind, too. */
extern const uint8_t op_objects[OP_COUNT + 1];

static inline enum op_class op_class(enum op op)
{
	return (enum op_class)op_classes[op];
}

static inline enum op_object op_object(enum op op)
{
	return (enum op_object)op_objects[op];
}

/* What is asked at every step: sets of these, for each kind. op.def says what
 * each means. */
enum op_trait {
	OP_TRAIT_ACCESS = 1 << 0,
	OP_TRAIT_READS = 1 << 1,
	OP_TRAIT_WRITES = 1 << 2,
	OP_TRAIT_ATOMIC = 1 << 3,
	OP_TRAIT_BLOCKS = 1 << 4,
	OP_TRAIT_FAILS = 1 << 5,
	OP_TRAIT_ENDS = 1 << 6, /* its class is ENDING */
	OP_TRAIT_RELEASES = 1 << 7,
	OP_TRAIT_ACQUIRES = 1 << 8,
	OP_TRAIT_VARIES = 1 << 9,
	OP_TRAIT_QUEUES = 1 << 10,
	OP_TRAIT_LOOKS = 1 << 11,
	OP_TRAIT_TRIES = 1 << 12,
	OP_TRAIT_PASSES = 1 << 13,
};
/* A row for what is no kind, too: it conflicts with everything. */
extern const uint16_t op_traits[OP_COUNT + 1];

static inline bool op_is_ending(enum op op)
{
	return op_traits[op] & OP_TRAIT_ENDS;
}

/* Whether there are states in which it cannot be performed. */
static inline bool op_may_block(enum op op)
{
	return op_traits[op] & OP_TRAIT_BLOCKS;
}

/* Whether it depends on the state which results it may have. */
static inline bool op_varies(enum op op)
{
	return op_traits[op] & OP_TRAIT_VARIES;
}

/* Whether it may turn out to have had no effect. */
static inline bool op_may_fail(enum op op)
{
	return op_traits[op] & OP_TRAIT_FAILS;
}

/* Whether it takes something, to be given back, if that can be had, and else
 * fails. To destroy and to close is no try: they fail for other reasons, too.
 */
static inline bool op_is_try(enum op op)
{
	const unsigned succeeds =
		OP_TRAIT_ACQUIRES | OP_TRAIT_FAILS | OP_TRAIT_PASSES;

	return (op_traits[op] & (succeeds | OP_TRAIT_BLOCKS)) == succeeds;
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

/* In the place of a step's number: none. */
#define EVENT_NONE UINT64_MAX

/* In the place of a thread's number: none. */
#define NO_THREAD UINT32_MAX

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
