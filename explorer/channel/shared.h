/*
 * Memory that the command and a program under test share: how far a search is,
 * and the schedule being run, so that even a process that dies leaves it.
 */
#ifndef EXPLORER_CHANNEL_SHARED_H
#define EXPLORER_CHANNEL_SHARED_H

#include <stdint.h>

#include "trace/schedule.h"

/* The library writes all but `stop`. */
struct shared {
	volatile uint32_t stop;	 /* the command asks the search to end soon */
	volatile uint32_t phase; /* enum shared_phase */
	volatile uint64_t heartbeat; /* grows with every step */
	volatile uint64_t executions;
	volatile uint64_t run; /* the random run (or learning run) under way */
	volatile uint64_t outcomes;
	/* Of a search that visits states; else 0. */
	volatile uint64_t states;
	volatile uint64_t transitions;
	volatile uint64_t memory;   /* bytes that the states take */
	volatile uint64_t frontier; /* states with steps still to be made */
	/* Of the executions in all, as a guess: from .. to; 0: unknown. */
	volatile double estimate_low;
	volatile double estimate_high;
	volatile double fraction; /* of the search; negative: unknown */
	volatile uint32_t rounds;
	volatile uint32_t length; /* of schedule: steps begun, this execution */
	struct choice schedule[]; /* SHARED_CHOICES of them */
};
enum shared_phase {
	PHASE_IDLE,	/* between jobs */
	PHASE_LEARNING, /* seeded runs that learn what is visible */
	PHASE_SEARCH,
	PHASE_FOLLOW,
};
/* As many as --max-steps can be; the file is sparse. */
#define SHARED_CHOICES (16U << 20)
#define SHARED_BYTES                                                           \
	(sizeof(struct shared) + SHARED_CHOICES * sizeof(struct choice))
/* No thread has a number beyond. */
#define SHARED_THREADS 4096U
/* The library's handler of this signal ends the execution under way as "hang";
 * the command sends it when the heartbeat has stood still for too long. */
#define HANG_SIGNAL SIGPROF

#endif
