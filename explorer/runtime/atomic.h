/*
 * Atomic operations on memory.
 *
 * Which value an atomic operation reads, and when what it writes is seen, is
 * decided in atomic_perform() and nowhere else: under sequential consistency,
 * the only memory model so far, it is what memory holds.
 */
#ifndef EXPLORER_RUNTIME_ATOMIC_H
#define EXPLORER_RUNTIME_ATOMIC_H

#include "runtime/memory.h"

/* A value of up to 16 bytes, zero-extended. */
__extension__ typedef unsigned __int128 atomic_value;

enum atomic_change {
	ATOMIC_LOAD,
	ATOMIC_STORE,
	ATOMIC_EXCHANGE,
	ATOMIC_ADD,
	ATOMIC_SUB,
	ATOMIC_AND,
	ATOMIC_OR,
	ATOMIC_XOR,
	ATOMIC_NAND,
	ATOMIC_COMPARE, /* stores only if the value is as expected */
};

/* Without gaps: it lies on the stack while the thread waits. */
struct atomic_request {
	uintptr_t address;
	uint32_t bytes; /* 1, 2, 4, 8, 16 */
	enum atomic_change change;
	int order;	   /* C11's, as <stdatomic.h> numbers them */
	int failure_order; /* ATOMIC_COMPARE: that if it stores nothing */
	uintptr_t place;
	atomic_value operand;
	atomic_value expected; /* ATOMIC_COMPARE */
};

_Static_assert(sizeof(struct atomic_request) ==
		       2 * sizeof(uintptr_t) + 4 * sizeof(int) +
			       2 * sizeof(atomic_value),
	       "no gaps");

/* Waits for the operation's turn, performs it, returns the value before. */
ON_FIBER atomic_value atomic_perform(struct runtime *runtime,
				     const struct atomic_request *request);

/* Under sequential consistency a fence orders nothing more, so it is no step;
 * but it decides what synchronises. order: C11's. */
ON_FIBER void atomic_fence(struct runtime *runtime, int order);

#endif
