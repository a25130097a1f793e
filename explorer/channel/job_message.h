/*
 * The JOB message: what the command asks of a program under test.
 */
#ifndef EXPLORER_CHANNEL_JOB_MESSAGE_H
#define EXPLORER_CHANNEL_JOB_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "channel/message.h"

/* What a search over states is asked for besides: a set. */
enum states_flag {
	STATES_LOSSY = 1 << 0, /* when memory is full, go on with less */
	STATES_IGNORE_OUTPUT = 1 << 1, /* it tells no states apart */
	STATES_PARANOID = 1 << 2,      /* keep all of each state, and compare */
	STATES_SHORTEST = 1 << 3,      /* the traces with the fewest switches */
	STATES_COUNT = 1 << 4,	       /* the interleavings of each outcome */
	STATES_EAGER = 1 << 5,	       /* switch first, go on later */
	STATES_SYMMETRY = 1 << 6,      /* threads that are alike are the same */
	STATES_FLAGS = 1 << 7
};

/* How the heap is looked at: a set. */
enum heap_checks {
	HEAP_CHECKS_UNINITIALISED = 1 << 0, /* reads of what nobody wrote */
	HEAP_CHECKS_LEAKS = 1 << 1,	    /* blocks lost at the end */
	HEAP_CHECKS_NO_BOUNDS = 1 << 2, /* accesses may go where they like */
	HEAP_CHECKS_ALL = 1 << 3
};

enum job_kind {
	JOB_SEARCH, /* learn, then search in rounds; ends with DONE */
	JOB_FOLLOW, /* run one schedule, with a STEP for each step, a FINDING
		     * for each finding, one OUTCOME; ends with DONE */
	JOB_NATIVE, /* run on real pthreads; when the process exits: OUTCOME
		     * with the values only. The process ends by itself. */
};

#define NO_BOUND UINT32_MAX

struct watch_place {
	struct location location; /* LOCATION_MODULE */
	uint32_t bytes;
	bool pointer; /* say where it points to */
};

/* A name in an expression that is to be evaluated in states. */
struct query_name {
	uint32_t watch; /* its place in job.watches */
	bool is_signed; /* a negative number may stand there */
};

/* A schedule that killed the process. */
struct fatal {
	struct schedule schedule; /* its last choice is the fatal step */
	uint32_t end;		  /* END_CRASH, END_HANG, END_LIMIT ... */
	int32_t status;		  /* signal */
};

struct job {
	uint32_t kind;		 /* enum job_kind */
	const char *strategy;	 /* "dfs", "random"; JOB_FOLLOW: of the search
				  * that made the schedule */
	uint32_t preemptions;	 /* NO_BOUND if none */
	uint32_t delays;	 /* likewise */
	uint32_t timeouts;	 /* of each thread; JOB_FOLLOW: any number */
	uint32_t spurious;	 /* wake-ups of an execution; likewise */
	uint64_t max_steps;	 /* of an execution */
	uint64_t max_executions; /* 0: no limit */
	uint64_t runs;		 /* random */
	uint64_t seed;
	uint32_t states_flags;	/* set of enum states_flag */
	uint64_t states_memory; /* bytes that states may take; 0: any */
	uint64_t learn_first;  /* first learning run (0; later after a death) */
	bool sampling;	       /* freeze the visible set after learning */
	bool plain_dependence; /* --dependence plain */
	bool tree;	       /* tell of each state, step and end */
	bool no_races;	       /* data races are not looked for */
	uint32_t heap_checks;  /* set of enum heap_checks */
	bool recheck;	       /* make each execution twice */
	bool stop_at_first;    /* wait for an ACK after each OUTCOME, FINDING */
	uint64_t turn_end; /* wait for a TURN after so many steps; 0: never */
	uint32_t watch_count;
	struct watch_place *watches;
	/* The search ends at a state in which this holds: expression_put(), and
	 * its names by number; length 0: any may come. */
	const void *query;
	size_t query_length;
	uint32_t query_name_count;
	struct query_name *query_names;
	struct visible_set visible; /* what is known already */
	uint32_t fatal_count; /* taken as explored, truncated executions */
	struct fatal *fatal;
	const void *resume; /* a CHECKPOINT's `search`; length 0: none */
	size_t resume_length;
	struct schedule schedule; /* JOB_FOLLOW */
	bool livelock; /* likewise: where it ends, no end can be reached */
	bool is_query; /* likewise: where it ends, a query holds */
};

void job_put(struct buffer *buffer, const struct job *job);
void job_get(struct reader *reader, struct job *ret_job);
void job_fini(struct job *job);

#endif
