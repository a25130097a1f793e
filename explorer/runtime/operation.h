/*
 * An operation of the program that others can notice: what is announced before
 * it is performed, and what is known of it afterwards. The kinds are those of
 * trace/op.def; here is what one of them works on.
 */
#ifndef EXPLORER_RUNTIME_OPERATION_H
#define EXPLORER_RUNTIME_OPERATION_H

#include <stdint.h>

#include "trace/operation.h"

/*
 * A visible operation that was announced, and later performed.
 *
 * Copied word by word (operation_copy): a processor that is asked for more
 * bytes at a time than were just stored at a time waits until the store is
 * done, and these are copied right after they are made.
 */
struct operation {
	uintptr_t address; /* of the object; 0: none */
	/* OP_COPY: what is read. OP_BARRIER_LEAVE: the step that allowed it,
	 * counted from 1; 0: none yet. OP_RWLOCK_TIMEDWRLOCK: whether others
	 * wait for it to be let pass. OP_ATOMIC_COMPARE: its order if it
	 * fails. */
	uintptr_t source;
	uintptr_t place; /* in the code: return address - 1 */
	/* Of memory that is accessed. Of a wait that may be cancelled: what
	 * says whether it is, see cancel.h. Of OP_FUTEX_WAKE: how many. */
	uint64_t bytes;
	union {
		struct {
			uint8_t op;    /* enum op */
			uint8_t order; /* enum memory_order_kind */
			/* How many results it may have; 0 means 1. More than 1
			 * wherever that depends on the state (VARIES). */
			uint16_t alternatives;
			/* Descriptor; exit status; signal. Of an access within
			 * one granule all of whose bytes are visible: the
			 * granule's number + 1; else 0. Of an operation on a
			 * lock or semaphore: enum commuting. */
			int32_t detail;
		};
		uint64_t kind; /* all of these */
	};
};

/*
 * What an operation on a lock or semaphore commutes with: those on the same
 * object that say the same, unless it is COMMUTES_NOT. That is, the two are
 * possible in either order or in none, with the same results, and lead to the
 * same state. One that has not been performed yet says only what holds in every
 * state, as long as nothing happens that it conflicts with.
 */
enum commuting {
	COMMUTES_NOT,
	COMMUTES_POSTS, /* adds one to a semaphore */
	/* Begins or ends to read under a read-write lock that nobody writes
	 * under, and where those who queue to write are no matter. */
	COMMUTES_READERS,
	/* It failed, and changed nothing: known once it has been performed, in
	 * the engine's log. */
	COMMUTES_LOOKS,
	/* It arrives at a barrier, and two are missing there, itself included;
	 * each number above stands for one more: barrier_missing(). Known once
	 * it has been performed. */
	COMMUTES_ARRIVALS,
};

/* What an operation that tries to get something, or waits for it a while,
 * commutes with if it gets it. */
static inline int32_t commuting_if_got(const struct operation *operation)
{
	return (operation->op == OP_RWLOCK_TRYRDLOCK ||
		operation->op == OP_RWLOCK_RDLOCK) &&
			       operation->source
		       ? COMMUTES_READERS
		       : COMMUTES_NOT;
}

static inline void operation_copy(struct operation *to,
				  const struct operation *from)
{
	to->address = from->address;
	to->source = from->source;
	to->place = from->place;
	to->bytes = from->bytes;
	to->kind = from->kind;
}

/* What operation.kind is made of. */
static inline uint64_t operation_kind(enum op op, enum memory_order_kind order,
				      uint16_t alternatives, int32_t detail)
{
	/* The fields' places in the word are the compiler's business; on the
	 * machines in question this is the order of their bytes. */
	_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
		       "the first field is the lowest byte");
	return (uint64_t)op | (uint64_t)order << 8 |
	       (uint64_t)alternatives << 16 | (uint64_t)(uint32_t)detail << 32;
}

#endif
