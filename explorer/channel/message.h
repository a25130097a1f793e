/*
 * What the command and a program under test say to each other.
 *
 *     command                                     program (libexplorer.so)
 *        │  starts it with EXPLORER_CHANNEL=S,M        │
 *        │ <───────────────── HELLO (modules) ──────── │  before main
 *        │ ── JOB ───────────────────────────────────> │
 *        │ <── VISIBLE, OUTCOME, FINDING, CHECKPOINT ── │  as they are found
 *        │ <───────────────── TREE ... (job.tree) ───── │
 *        │ ── ACK (only with stop_at_first) ─────────> │
 *        │ <── TURN, and waits ── TURN, goes on ─────> │  with job.turn_end
 *        │ <───────────────── STEP ... (JOB_FOLLOW) ─── │
 *        │ <───────────────── DONE ─────────────────── │  waits for another JOB
 *        │ ── JOB ... or closes the socket: child exits│
 *
 * S is a stream socket; M a memory file that both map (shared.h): the
 * schedule being run lies there, so that even a process that dies leaves it.
 *
 * A message is its type and the length of its body (u32 each), then the body:
 * of a JOB as in job_message.h, of an OUTCOME and a FINDING as in
 * report_message.h, of a TREE as in tree_message.h, of all others as below.
 *
 * Putting together: a _put function appends the body to *buffer. Taking apart,
 * by a _get function: strings and blocks in the result point into the reader's
 * bytes, which must live as long; what had to be copied (arrays, schedules) is
 * freed by the _fini function. A malformed body sets reader->failed, and the
 * result may then only be given to _fini.
 */
#ifndef EXPLORER_CHANNEL_MESSAGE_H
#define EXPLORER_CHANNEL_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "trace/location.h"
#include "trace/result.h"
#include "trace/schedule.h"

/* The environment variable: "SOCKET,MEMORY", two descriptors in decimal; with
 * CHANNEL_NATIVE behind them the program is to run on real pthreads, which must
 * be known at its first malloc, before any message. */
#define CHANNEL_VARIABLE "EXPLORER_CHANNEL"
#define CHANNEL_NATIVE	 ",native"
/* Changes whenever anything does in the headers of messages, or shared.h. */
#define CHANNEL_VERSION 7

enum message_type {
	MESSAGE_HELLO = 1,  /* library: struct hello */
	MESSAGE_JOB,	    /* command: struct job */
	MESSAGE_ACK,	    /* command: u32, 1 to go on, 0 to stop */
	MESSAGE_VISIBLE,    /* library: struct visible_set; replaces the last */
	MESSAGE_LEARNED,    /* library: struct visible_set; what the next one
			     * will have besides, should there be a next one */
	MESSAGE_OUTCOME,    /* library: struct outcome_message; a new one */
	MESSAGE_FINDING,    /* library: struct finding_message; a new one */
	MESSAGE_CHECKPOINT, /* library: struct checkpoint */
	MESSAGE_STEP, /* library: struct event, as raw bytes, one or more */
	MESSAGE_UNSUPPORTED, /* library: struct unsupported; the search stops */
	MESSAGE_UNCONTROLLED, /* library: struct unsupported; it goes on */
	MESSAGE_DONE,	      /* library: struct done */
	MESSAGE_TREE,	      /* library: struct tree_message (job.tree) */
	MESSAGE_TURN, /* library: its turn is over, no body; command: struct
		       * turn, the next one */
};
#define MESSAGE_LAST MESSAGE_TURN

struct module_info {
	const char *path; /* of the executable: the resolved path */
	uint64_t bias;
};
struct hello {
	uint32_t version; /* CHANNEL_VERSION */
	uint32_t module_count;
	struct module_info *modules; /* [0] is the executable */
};

void hello_put(struct buffer *buffer, const struct hello *hello);
void hello_get(struct reader *reader, struct hello *ret_hello);
void hello_fini(struct hello *hello);

struct visible_set {
	uint32_t version; /* grows with the set */
	bool clock_is_read;
	uint32_t range_count;
	struct visible_range *ranges;
};

/* Another search goes on meanwhile, and both know what either has learned. */
struct turn {
	uint64_t end;		    /* after so many steps of this round; 0:
				     * there is no other turn */
	bool grew;		    /* `visible` has more than was told last */
	struct visible_set visible; /* if it grew */
};

void visible_set_put(struct buffer *buffer, const struct visible_set *set);
void visible_set_get(struct reader *reader, struct visible_set *ret_set);
void visible_set_fini(struct visible_set *set);
void turn_put(struct buffer *buffer, const struct turn *turn);
void turn_get(struct reader *reader, struct turn *ret_turn);
void turn_fini(struct turn *turn);

/* Enough to go on in a new process from here. */
struct checkpoint {
	uint32_t outcomes; /* known at this point: drop later ones on a restart
			    */
	uint32_t findings;
	const void *search;
	size_t search_length;
};

struct unsupported {
	const char *function;
	/* Only remembered, should a schedule do something else another time. */
	bool is_suspect;
	struct code_place place;
	struct schedule schedule;
};

void checkpoint_put(struct buffer *buffer, const struct checkpoint *checkpoint);
void checkpoint_get(struct reader *reader, struct checkpoint *ret_checkpoint);
void unsupported_put(struct buffer *buffer,
		     const struct unsupported *unsupported);
void unsupported_get(struct reader *reader,
		     struct unsupported *ret_unsupported);
void unsupported_fini(struct unsupported *unsupported);

/* Why threads that looked alike were not taken to be. */
enum asymmetry {
	ASYMMETRY_NONE,
	ASYMMETRY_SELF,	     /* one asks which one it is */
	ASYMMETRY_IDS,	     /* one looks at where ids are kept */
	ASYMMETRY_JOINS,     /* who joins or detaches them does not treat them
			      * alike */
	ASYMMETRY_VALUES,    /* they return different values */
	ASYMMETRY_OPERATION, /* something that is not understood there */
	ASYMMETRY_STORAGE,   /* they have thread-local storage */
	ASYMMETRY_CREATES,   /* they create threads */
	ASYMMETRY_MANY,	     /* there are too many */
	ASYMMETRY_CYCLES,    /* some executions go round for ever */
	ASYMMETRY_COUNT
};

struct tally {
	uint64_t count;
	uint64_t lost_updates; /* outcomes only */
};

#define RISK_WHOLE 1000000000U

struct done {
	uint32_t incomplete_because; /* enum incomplete_reason */
	uint32_t rounds;
	uint64_t executions;
	uint64_t blocked;
	uint64_t cut;
	uint64_t states; /* 0: nobody told them apart */
	uint64_t transitions;
	uint64_t steps;
	uint32_t outcome_count; /* by id */
	struct tally *outcomes;
	/* Numbers of interleavings, outcome_count times as many words, the
	 * lowest first; 0: not counted. The bytes are the reader's. */
	uint32_t interleaving_words;
	const uint64_t *interleavings;
	bool has_cycles;	/* so they could not be counted */
	uint32_t risk;		/* that a state was missed, of RISK_WHOLE */
	uint32_t asymmetry;	/* enum asymmetry, if symmetry was asked for */
	uint32_t finding_count; /* by id */
	struct tally *findings;
	/* JOB_FOLLOW: the schedule asked for what was not possible at
	 * `diverged_step`. */
	bool diverged;
	uint64_t diverged_step;
};

void done_put(struct buffer *buffer, const struct done *done);
void done_get(struct reader *reader, struct done *ret_done);
void done_fini(struct done *done);

#endif
