/*
 * A small program being run, one visible operation after the other: the state
 * that it is in, and what can be done there.
 *
 * A thread moves from one visible operation to the next; what is private (a
 * skip, create, join, detach, an access to variables that are not in the
 * visible set) is done on the way. A wait and a barrier are two operations
 * each, and a
 * thread that spins looks some times before it sleeps, and once more when it is
 * woken; to wake is an operation, too. A
 * wait for the semaphore by a thread that may be cancelled looks first whether
 * it is. An operation may have several results, by number: which of those that
 * wait a signal wakes; whether a wait times out (1), or ends for no reason (2),
 * or is cancelled (3); what is chosen. Written apart from the explorer, to
 * measure it: no code
 * is shared.
 */
#ifndef TESTS_ORACLE_MACHINE_H
#define TESTS_ORACLE_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include "oracle/small_program.h"

#define MACHINE_THREADS	   (SMALL_THREADS_MAX + 1)
#define MACHINE_MAIN	   SMALL_THREADS_MAX
#define MACHINE_OUTPUT_MAX 160
#define MACHINE_NOBODY	   (-1)
#define MACHINE_GIVEN	   0
#define MACHINE_TIMED_OUT  1
#define MACHINE_SPURIOUS   2
#define MACHINE_CANCELLED  3
#define MACHINE_RESULTS	   MACHINE_THREADS

/* For each thread how far it has come, as far as somebody knows. */
struct machine_clock {
	uint8_t at[MACHINE_THREADS];
};
void machine_clock_join(struct machine_clock *clock,
			const struct machine_clock *other);

/* What a thread knows: by creates and joins alone, counted in creates; by the
 * order of dependent operations, and by what synchronises, counted in visible
 * operations. And its own affair: what it knew at its last release fence, and
 * what an acquire fence would have it know. */
struct machine_known {
	struct machine_clock created;
	struct machine_clock before;
	struct machine_clock synchronised;
	struct machine_clock released;
	struct machine_clock acquirable;
};

enum machine_life {
	MACHINE_NOT_CREATED,
	MACHINE_RUNS,
	MACHINE_JOINS, /* waits at a join */
	MACHINE_ENDED,
};

/* What a thread inside a wait or a barrier has still to do. */
enum machine_phase {
	MACHINE_OPERATION,  /* the one at pc */
	MACHINE_REACQUIRE,  /* signalled or not: the mutex of a wait */
	MACHINE_LEAVE,	    /* the barrier, once all have arrived */
	MACHINE_ONCE_PRINT, /* what is to be done once */
	MACHINE_ONCE_END,
	MACHINE_WAITS,	/* for the semaphore: it is not cancelled yet */
	MACHINE_LOOKS,	/* again, as it spins */
	MACHINE_SLEEPS, /* until what it looks at is written */
	MACHINE_WOKEN,
};

struct machine_thread {
	enum machine_life life;
	enum machine_phase phase;
	unsigned pc;
	unsigned timeouts;
	unsigned looks;	    /* in vain, as it spun */
	bool woken;	    /* by a change, or what may be one */
	unsigned signalled; /* by which step, from 1; 0: not */
	bool serial;	    /* arrived last */
	bool cancelled;
	unsigned generation; /* of the barrier that it arrived at */
	int registers[2];
	struct machine_known known;
};

/* Told of each access, and of the ends' reading of what is watched. */
struct machine_listener {
	void *context;
	void (*access)(void *context, unsigned thread,
		       const struct machine_clock *created, uint32_t reads,
		       uint32_t writes);
};

enum machine_end {
	MACHINE_GOES_ON,
	MACHINE_EXITED,
	MACHINE_ABORTED,
};

struct machine {
	const struct small_program *program;
	const struct small_thread *main;
	const struct machine_listener *listener;
	uint32_t visible;
	uint32_t watched;
	unsigned timeouts_max; /* of each thread */
	unsigned spurious_max; /* wake-ups in all */

	struct machine_thread threads[MACHINE_THREADS];
	int32_t variables[SMALL_VARIABLES];
	int owner[SMALL_MUTEXES];
	unsigned taken; /* how often the recursive one is */
	/* Where the owner took each: as a set of one place (walk.h). */
	uint64_t taken_at[SMALL_MUTEXES];
	/* The read-write lock's readers, and where each took it. */
	uint32_t readers;
	uint64_t read_at[MACHINE_THREADS];
	uint64_t kept; /* places of what threads held when they ended */
	int once;      /* who does it; MACHINE_NOBODY */
	bool once_done;
	int semaphore;
	unsigned arrived;
	unsigned generation;
	unsigned spurious;
	unsigned steps; /* performed */
	enum machine_end end;
	int status;
	char output[MACHINE_OUTPUT_MAX];
};

/* Sets up the fields after `watched` and has main begin. */
void machine_begin(struct machine *machine);

/* The visible operation that a thread is at; NULL if it is at none. */
const struct small_operation *machine_pending(const struct machine *machine,
					      unsigned thread);
/* Whether it can be performed now; and with that result, of those below
 * MACHINE_RESULTS. */
bool machine_is_enabled(const struct machine *machine, unsigned thread);
bool machine_may(const struct machine *machine, unsigned thread,
		 unsigned result);

/* Whether the thread is about to choose. */
bool machine_chooses(const struct machine *machine, unsigned thread);

/* Performs the pending operation with that result. Returns whether it had an
 * effect: a try that got nothing, a compare that stored nothing have none. */
bool machine_perform(struct machine *machine, unsigned thread, unsigned result);
/* To be done after that: the thread runs on to its next visible operation. */
void machine_run_on(struct machine *machine, unsigned thread);

/* Whether others may cancel the thread at the same time: it is among what is
 * visible, behind the variables. */
bool machine_is_cancellable(const struct machine *machine, unsigned thread);

/* Whether a thread waits: for a join, or for what is not available. */
bool machine_is_waiting(const struct machine *machine, unsigned thread);
/* Whether it could time out, had it not done so as often as it may. */
bool machine_is_withheld(const struct machine *machine, unsigned thread);
/* The operation that it waits at. */
const struct small_operation *machine_waits_at(const struct machine *machine,
					       unsigned thread);
/* The threads that hold what it waits for: a set. */
uint32_t machine_holders(const struct machine *machine, unsigned thread);

#endif
