/*
 * Runs a program's executions in child processes and collects what they find.
 *
 * The child does the searching; this side starts it, shows progress, and stays
 * alive when it dies: whatever the program under test does, pool_search()
 * returns with all that was found so far, and a trace of the schedule that
 * killed the child.
 */
#ifndef EXPLORER_POOL_POOL_H
#define EXPLORER_POOL_POOL_H

#include <stdbool.h>
#include <stdint.h>

#include "trace/result.h"
#include "trace/trace.h"
#include "trace/trace_tree.h"

/* How the program under test came about: for traces, and to find it again. */
struct program {
	char *name;	  /* as the user gave it */
	char *executable; /* path of the instrumented executable */
	char *sources;	  /* .c files, space separated; NULL if prebuilt */
	char *cflags;	  /* or NULL */
	bool optimised;
	char **arguments; /* of the program, without argv[0] */
	size_t argument_count;
	char *input; /* --stdin, or NULL for /dev/null */
};

/* How far schedules may stray; zeroed: as far as they like. */
struct search_bound {
	const char *of; /* BOUND_OF_...; NULL: no bound */
	uint32_t most;
	/* Begin with 0, then 1, and so on: until there is a finding. */
	bool up_to;
	bool doubles; /* up to it by 0, 1, 2, 4, 8 ... */
};

struct progress;
struct filter;

/* What check and sample have in common. Zero means "not given" only where a
 * comment says so. */
struct search {
	enum command_kind command; /* COMMAND_CHECK or COMMAND_SAMPLE */
	const char *strategy;	   /* "dfs", "random" */
	/* Nobody said which strategy: `rival` takes turns with this one
	 * (turns.h), unless an option rules it out; NULL: none does. */
	bool is_chosen;
	const char *rival;
	const char *ruled_out_by;
	struct search_bound bound;
	bool plain_dependence;
	uint32_t timeouts;	 /* of timed waits, a thread */
	uint32_t spurious;	 /* wake-ups, an execution */
	uint64_t max_steps;	 /* per execution */
	uint64_t max_executions; /* 0: no limit */
	double time_limit;	 /* seconds; 0: none */
	bool recheck;		 /* each execution is made twice */
	bool stop_at_first;
	unsigned heap_checks; /* set of enum heap_checks */
	unsigned states;      /* set of enum states_flag */
	uint64_t states_memory;
	/* Ends the search at the first exit whose values are so; or NULL. */
	const char *find;
	bool finds_state; /* on the way, not only at its end */
	uint64_t runs;	  /* sample */
	uint64_t seed;	  /* sample; or what dpor prefers, 0: to go on */
	uint64_t max_traces;
	const char *const *watches;
	size_t watch_count;
	const char *const *trusted; /* functions of the C library */
	size_t trusted_count;
	const char *expect;	     /* --expect, or NULL */
	const struct filter *filter; /* findings to leave out, or NULL */
	const char *output_folder;
	bool full_listing; /* traces list every step */
	struct tree *tree; /* zeroed, to be filled in; NULL: not wanted */
	/* Called about ten times a second; NULL for none. */
	void (*progress)(void *context, const struct progress *progress);
	void *context;
};

struct progress {
	const char *phase; /* "learning", "round 2", "writing traces" */
	uint64_t executions;
	uint64_t executions_planned; /* sample and native; 0: unknown */
	double per_second;
	/* Where states are visited; else 0. */
	uint64_t states;
	double transitions_per_second;
	uint64_t memory;
	uint64_t frontier;
	uint64_t outcomes;
	uint64_t findings;
	double fraction;       /* of the search, 0..1; negative: unknown */
	struct guess estimate; /* of the executions in all */
	double seconds;
};

/* Runs a search. Returns 0 with *ret_result filled in (also where the search
 * was interrupted, or the program died); -1 after complain() if no result could
 * be had at all (status 2). */
int pool_search(const struct program *program, const struct search *search,
		struct result *ret_result);

struct native {
	uint64_t runs;
	double run_timeout; /* seconds */
	bool plain;	    /* the executable has no hooks */
	const char *const *watches;
	size_t watch_count;
	const char *expect;
	void (*progress)(void *context, const struct progress *progress);
	void *context;
};

/* Runs the program on real pthreads. As pool_search(). */
int pool_native(const struct program *program, const struct native *native,
		struct result *ret_result);

/* What a replay showed. */
struct replay {
	bool reproduced;
	/* Where diverged: the step, what the trace says, what happened. */
	uint64_t step;
	char *expected;
	char *actual;
	char **notes; /* "the program was rebuilt since", ... */
	size_t note_count;
	struct trace trace;   /* what this run did, all steps listed if short */
	struct result result; /* its outcome and findings */
};
void replay_fini(struct replay *replay);

/* Runs a trace's schedule again and compares every step. Returns 0 with
 * *ret_replay; -1 after complain(). */
int pool_replay(const struct program *program, const struct trace *trace,
		bool full_listing, struct replay *ret_replay);

/* Set to the signal's number by a signal handler, on Ctrl-C or SIGTERM: a
 * running search stops soon and returns what it has, with REASON_INTERRUPTED.
 */
extern volatile int pool_interrupted;

#endif
