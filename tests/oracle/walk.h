/*
 * An interleaving, operation by operation, with what its order says: which
 * operations depend on which, which class of equivalent interleavings it
 * belongs to, and which accesses race.
 *
 * Two operations of different threads are dependent if they are on the same
 * object and not both only read it. In particular, as explorer/engine/
 * dependence.c has it, and coarser than need be:
 *
 *  - operations on a lock, and on a semaphore, are dependent, but not two tries
 *    that fail, two posts, two looks at a semaphore's value, or two threads
 *    that begin or end to read under the read-write lock; with `plain`
 *    (--dependence plain) only the looks are not;
 *  - atomic read-modify-writes are, two additions too; a compare counts as a
 *    write even if it stores nothing;
 *  - a wait gives the mutex back and queues: an operation on both; having the
 *    mutex back is one on the mutex, and comes after the signal; without a
 *    signal it is one on both;
 *  - so are arrivals at a barrier, but not two that let nobody go; with `plain`
 *    all are. Leaving it depends on nothing, but on
 *    those arrivals that it needs, which can never come later;
 *  - so are all outputs, to whatever descriptor, as an outcome shows all
 *    output in order;
 *  - to ask for a thread's cancellation depends on looking for it. A wait that
 *    may be cancelled does so besides whatever it comes to, and is on its
 *    semaphore even if it takes nothing;
 *  - to read the clock depends on reading it and on waits that time out;
 *  - what ends the process depends on everything, and so does an atomic
 *    section. What is done within is no event, and no race.
 *
 * And finer: which of the threads is the last to end, once main has left, is no
 * event; create, join, detach and the end of a thread are none.
 */
#ifndef TESTS_ORACLE_WALK_H
#define TESTS_ORACLE_WALK_H

#include "oracle/machine.h"

#define WALK_EVENTS_MAX 96
/* An operation of the program as a number: that of its thread, and place. */
#define WALK_PLACES (SMALL_THREADS_MAX * SMALL_OPERATIONS_MAX)

struct walk_event {
	const struct small_operation *operation;
	enum machine_phase phase; /* of a wait or a barrier */
	unsigned result;
	unsigned cause; /* the event that made it possible + 1; or 0 */
	/* The thread whose cancellation it asks for or looks for. */
	unsigned cancels;
	bool looks_only; /* for that alone */
	bool lets_go;	 /* arrives last at the barrier */
	bool reads;	 /* its thread has the read-write lock for reading */
	unsigned thread;
	unsigned place; /* WALK_PLACES: main's */
	unsigned index; /* n-th visible operation of its thread, from 1 */
	bool effect;
	struct machine_clock before;
	struct machine_clock synchronised;
	struct machine_clock released; /* handed on by an atomic write */
};

/* Pairs of places: bit b of at[a] and bit a of at[b]. */
struct place_pairs {
	uint64_t at[WALK_PLACES];
};
_Static_assert(WALK_PLACES <= 64, "a set of places is one word");
void place_pairs_add(struct place_pairs *pairs, unsigned a, unsigned b);

struct walk {
	struct walk_event events[WALK_EVENTS_MAX];
	unsigned length;
	unsigned parties; /* who meet at the barrier */
	bool plain;
};

unsigned walk_place(unsigned thread, unsigned pc);

/* Whether two accesses conflict and are not both atomic. */
bool walk_is_race(const struct small_operation *a,
		  const struct small_operation *b);

/* Appends what the thread is about to perform. */
void walk_add(struct walk *walk, const struct machine *machine, unsigned thread,
	      unsigned result);
/* To be called when the last event has been performed: what it knows, and what
 * the thread then knows. Adds the races in which it comes second. */
void walk_settle(struct walk *walk, struct machine *machine, bool effect,
		 struct place_pairs *races);

/* The same for equivalent interleavings, and (all but surely) for no others. */
struct walk_class {
	uint64_t at[2];
};
struct walk_class walk_class(const struct walk *walk);

#endif
