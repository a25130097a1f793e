/*
 * A program under test that is none: it speaks the library's side of the
 * channel and does what a scenario says.
 *
 * The test program plays it itself. Started with EXPLORER_CHANNEL set, it never
 * reaches its main(): a constructor carries out the scenario that the first
 * argument names.
 *
 *     test ── pool_search("/proc/self/exe", "dies") ──> the same program
 *                                                        fake child "dies"
 */
#ifndef TESTS_POOL_FAKE_CHILD_H
#define TESTS_POOL_FAKE_CHILD_H

#include "channel/job_message.h"
#include "channel/message.h"
#include "channel/shared.h"

/* What the fake child watches: names for the debug information. */
extern int fake_x;
extern double fake_real;
extern int *fake_pointer;

/* How many lines "native-loud" prints: "line 0", "line 1" ... */
#define LOUD_LINES 30000

/* What a scenario has at hand. */
struct fake {
	int socket;
	struct shared *shared;
	struct hello hello;
	struct buffer body;  /* of the last message received */
	struct job job;	     /* the last one received, and not yet finished */
	size_t fatal_length; /* following a schedule as long kills; 0: none */
};

struct scenario {
	const char *name;
	void (*run)(struct fake *fake);
};
extern const struct scenario scenarios[];

/* HELLO; and the next job, which must come. */
void fake_greet(struct fake *fake);
void fake_take_job(struct fake *fake);

/* Reports; `count` choices of the thread 1 make the schedule. */
void fake_visible(struct fake *fake, uint32_t version);
void fake_learned(struct fake *fake);
void fake_outcome(struct fake *fake, uint32_t id, int x, size_t count);
/* x is the number of choices. */
void fake_end(struct fake *fake, uint32_t id, enum end_kind end, int status,
	      size_t count);
/* A race on fake_x between two accesses in fake_code(). */
void fake_race(struct fake *fake, uint32_t id, enum op first, enum op second,
	       size_t count);
void fake_checkpoint(struct fake *fake, uint32_t outcomes, uint32_t findings,
		     const char *search);
/* counts: one for each outcome, then one for each finding. */
void fake_done(struct fake *fake, unsigned reasons, uint32_t outcomes,
	       uint32_t findings, const uint64_t *counts);
/* Says that the turn is over, and takes the next one. */
void fake_turn(struct fake *fake, struct turn *ret_turn);
/* The next message must be an ACK; returns what it says. */
uint32_t fake_ack(struct fake *fake);

/* Writes a schedule of `count` choices into the shared memory. */
void fake_begin_execution(struct fake *fake, enum shared_phase phase,
			  size_t count);

/* Answers JOB_FOLLOW, the last job received if it is one, until the command
 * closes the socket: a step for each choice, then exit with x = the number of
 * choices plus `error`. */
void fake_follow(struct fake *fake, int error);

/* Some code, so that there are places to point to. */
void fake_code(void);

#endif
