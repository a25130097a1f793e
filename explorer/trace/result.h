/*
 * What a search found, with names: filled in by pool/, printed by report/.
 *
 * All strings are owned by the result (result_fini frees them with free())
 * unless a comment says otherwise; a NULL string means "none".
 */
#ifndef EXPLORER_TRACE_RESULT_H
#define EXPLORER_TRACE_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/operation.h"

/* How an execution ended. The names are in end_name(). */
enum end_kind {
	END_EXIT,
	END_DEADLOCK,
	END_LIVELOCK,
	END_ASSERTION,
	END_ABORT,
	END_CRASH,
	END_STACK_OVERFLOW,
	END_MISUSE,
	END_LIMIT,
	END_HANG,
	END_STATE, /* not ended at all: in the state that was looked for */
	END_COUNT
};

/* "exit", "deadlock", ... as in the JSON. */
const char *end_name(enum end_kind end);
/* END_COUNT if there is none of that name. */
enum end_kind end_by_name(const char *name);

/* The kinds of finding. The names are in finding_name(). */
enum finding_kind {
	FINDING_DATA_RACE,
	FINDING_UNEXPECTED_VALUE,
	FINDING_ASSERTION,
	FINDING_ABORT,
	FINDING_CRASH,
	FINDING_STACK_OVERFLOW,
	FINDING_DEADLOCK,
	FINDING_LIVELOCK,
	FINDING_MISUSE,
	FINDING_USE_AFTER_FREE,
	FINDING_DOUBLE_FREE,
	FINDING_INVALID_FREE,
	FINDING_OUT_OF_BOUNDS,
	FINDING_UNINITIALISED_READ,
	FINDING_USE_AFTER_RETURN,
	FINDING_LEAK,
	FINDING_NONDETERMINISM,
	FINDING_LOCK_ORDER, /* a warning: never in a result's findings */
	FINDING_COUNT
};

/* "data-race", "unexpected-value", ... as in the JSON. */
const char *finding_name(enum finding_kind kind);
/* Whether such a finding is told by threads that do not get on. */
static inline bool finding_is_of_threads(enum finding_kind kind)
{
	return kind == FINDING_DEADLOCK || kind == FINDING_LIVELOCK;
}
/* Whether such a finding is told by one call, and who called there. */
static inline bool finding_is_of_a_call(enum finding_kind kind)
{
	return kind == FINDING_MISUSE || kind == FINDING_ABORT ||
	       kind == FINDING_ASSERTION || kind == FINDING_CRASH;
}
/* Whether such a finding is told by accesses to memory: data races by two, what
 * is done to heap blocks by one, what is done to locals by one and a return. */
static inline bool finding_is_of_accesses(enum finding_kind kind)
{
	switch (kind) {
	case FINDING_DATA_RACE:
	case FINDING_USE_AFTER_FREE:
	case FINDING_DOUBLE_FREE:
	case FINDING_INVALID_FREE:
	case FINDING_OUT_OF_BOUNDS:
	case FINDING_UNINITIALISED_READ:
	case FINDING_USE_AFTER_RETURN:
		return true;
	case FINDING_UNEXPECTED_VALUE:
	case FINDING_ASSERTION:
	case FINDING_ABORT:
	case FINDING_CRASH:
	case FINDING_STACK_OVERFLOW:
	case FINDING_DEADLOCK:
	case FINDING_LIVELOCK:
	case FINDING_MISUSE:
	case FINDING_LEAK:
	case FINDING_NONDETERMINISM:
	case FINDING_LOCK_ORDER:
	case FINDING_COUNT:
		break;
	}
	return false;
}

/* FINDING_COUNT if there is none of that name. */
enum finding_kind finding_by_name(const char *name);

/* A place in the source. file is relative to the current folder where that
 * is shorter; NULL if unknown, line 0 if unknown. */
struct source_place {
	char *file;
	char *function;
	unsigned line;
};

/* The value of a watched name, ready to be shown. */
enum value_kind {
	VALUE_INTEGER, /* text is decimal and fits int64_t */
	VALUE_BIG,     /* text is a decimal that does not fit */
	VALUE_REAL,    /* text is a decimal fraction */
	VALUE_BOOL,    /* text is "true" or "false" */
	VALUE_NAME,    /* text is an enumerator, "&x+8", "heap 3+8", NaN ... */
	VALUE_NULL,    /* a null pointer; text is "null" */
};
struct value {
	char *name; /* as given to --watch */
	char *text;
	enum value_kind kind;
};

struct outcome {
	enum end_kind end;
	bool has_status;
	int status; /* exit code, or signal number */
	struct value *values;
	size_t value_count;
	uint8_t *output; /* standard output and error in order; not a string */
	size_t output_length;
	uint64_t output_total;	/* bytes in all, if more than output_length; */
	uint64_t output_digest; /* then the digest of all of them; else 0 */
	char *message;		/* of a failure: what and where; else NULL */
	uint64_t count;		/* executions that ended so */
	uint64_t lost_updates;	/* those of them with a lost update */
	char *trace;		/* path of the trace, or NULL */
	bool unexpected;	/* contradicts --expect */
	bool wanted;		/* what --find or --find-state looks for */
	char *interleavings;	/* how many end so, in decimal; NULL: unknown */
	double share;		/* of all of them */
	bool excused;		/* its failure is not to be reported */
};

/* Calls that led somewhere, the innermost first. */
struct callers {
	struct source_place *at;
	size_t count;
};

/* One side of a data race. */
struct access {
	char *thread;	 /* "T1" */
	char *operation; /* "read", "write", "atomic-load" ... */
	char *variable;	 /* "x", "table[3].next", "heap block ..." */
	uint64_t bytes;	 /* 0: none */
	struct source_place place;
	/* What led there, and who: known once the schedule was followed. */
	struct callers callers;
	char **locks; /* held: "m" */
	size_t lock_count;
	char *created_by; /* "main"; NULL for main itself */
	struct source_place created;
};

/* One thread of a deadlock. */
struct blocked_thread {
	char *thread;	 /* "T1" */
	char *waits_for; /* "lock a", "end of T2", "semaphore s" */
	char *held_by;	 /* "T2", or NULL */
	bool holder_has_ended;
	struct source_place place;
	struct callers callers;
};

/* The heap block that a finding is about. Of a use after return, the frame: who
 * returned from it is said by `freed`, where that thread is by `allocated`. */
struct heap_block_name {
	bool known;
	uint64_t bytes;
	int64_t offset;	    /* what was accessed, from its start */
	char *allocated_by; /* "T1"; NULL: before main started */
	struct source_place allocated;
	char *freed_by; /* NULL: not freed */
	struct source_place freed;
	/* Known once the schedule was followed. */
	struct callers allocated_callers;
	struct callers freed_callers;
	uint64_t blocks; /* of a leak: how many, of `bytes` together */
	bool returning;	 /* is about to: both places are the same */
};

struct finding {
	enum finding_kind kind;
	char *message;	/* one sentence */
	uint64_t count; /* executions in which it was seen */
	char *trace;
	struct source_place place;
	struct callers callers; /* of the place, if a call is what is wrong */
	/* Of data races, two; of heap findings, one. */
	struct access accesses[2];
	size_t access_count;
	struct blocked_thread *threads; /* deadlocks */
	size_t thread_count;
	struct heap_block_name block; /* heap findings */
	int misuse;		      /* of misuse: enum misuse */
};

enum command_kind {
	COMMAND_CHECK,
	COMMAND_SAMPLE,
	COMMAND_NATIVE,
	COMMAND_REPLAY
};
enum verdict {
	VERDICT_VERIFIED,
	VERDICT_FINDINGS,
	VERDICT_INCOMPLETE,
	VERDICT_NONE_FOUND /* sample and native only */
};

/* Why a search is incomplete: a set of these bits. reason_name() names each
 * ("limit", "bound", "time-outs", "hang", "uncontrolled-call",
 * "unsupported-call", "races-not-decided", "lossy", "memory", "interrupted",
 * "all-dropped").
 */
enum incomplete_reason {
	REASON_LIMIT = 1 << 0,
	REASON_BOUND = 1 << 1,
	REASON_TIMEOUTS = 1 << 2,
	REASON_HANG = 1 << 3,
	REASON_UNCONTROLLED_CALL = 1 << 4,
	REASON_UNSUPPORTED_CALL = 1 << 5,
	REASON_RACES_NOT_DECIDED = 1 << 6,
	REASON_LOSSY = 1 << 7,
	REASON_MEMORY = 1 << 8,
	REASON_INTERRUPTED = 1 << 9,
	REASON_ASSUMED = 1 << 10, /* nothing was left to look at */
	REASON_LAST = REASON_ASSUMED
};
const char *reason_name(enum incomplete_reason reason);

/* What a bound counts: the member's name in the JSON, and the option's. */
#define BOUND_OF_PREEMPTIONS "preemptions"
#define BOUND_OF_DELAYS	     "delays"

/* A number that nobody knows lies about here. Zeroed: not even that is known.
 */
struct guess {
	double low;
	double high;
};

/*
 * Everything that check, sample or native found.
 *
 * Invariants:
 * 1. outcomes are sorted by end, values, output once result_sort() has run.
 * 2. complete if and only if incomplete_because is 0.
 * 3. the verdict is what result_decide() makes of the rest.
 */
struct result {
	enum command_kind command;
	char *program;	  /* as the user named it */
	char **arguments; /* of the program; argument_count of them */
	size_t argument_count;
	char *strategy; /* "dfs", "random" ...; NULL for native */
	/* Without --strategy the search chooses. Which one took turns with it,
	 * and was later (static; NULL: none); what ruled the other one out, as
	 * the user spells it (static; NULL: nothing). */
	bool was_chosen;
	const char *rival;
	const char *ruled_out_by;
	/* What the search was bounded by, one of BOUND_OF_...; NULL: by
	 * nothing. And how many of them it allowed. */
	const char *bound_of;
	uint32_t bound;
	const char *memory_model; /* static: "sc" or "hardware" */
	unsigned optimised; /* 1: built with --keep-optimisation or plain */

	enum verdict verdict;
	unsigned incomplete_because; /* set of enum incomplete_reason */
	char **warnings;
	size_t warning_count;

	unsigned rounds;
	uint64_t executions;
	char *interleavings; /* that they stand for, or that the states have,
			      * in decimal; NULL: not counted */
	uint64_t blocked;
	uint64_t cut;
	bool has_states;
	uint64_t states;
	uint64_t transitions;
	struct guess estimate; /* of the executions in all, if ended early */
	bool has_steps;	       /* false for native */
	uint64_t steps;
	double seconds;

	struct outcome *outcomes;
	size_t outcome_count;
	struct finding *findings;
	size_t finding_count;
	bool is_filtered; /* findings were, or would be, left out as asked */

	/* What --find or --find-state looks for: the user's; NULL: nothing. */
	const char *find;
	bool finds_state;
	/* Set where interleavings were to be counted and cannot be: why. */
	const char *uncounted;
	/* Set where an operation is not supported: the sentence for standard
	 * error; the exit status is then 2, or 1 with findings. */
	char *unsupported;
	/* Set where results could not be written (traces): the sentence. */
	char *write_error;
};

void result_fini(struct result *result);
void outcome_fini(struct outcome *outcome);
void finding_fini(struct finding *finding);
/* Has `to` tell what `from` does of the accesses; its count and its trace stay
 * as they are. What `to` had is in `from` then. */
void finding_swap_accesses(struct finding *to, struct finding *from);
/* Sorts outcomes by end, values (numbers as numbers), output; findings by
 * kind, file, line, message. */
void result_sort(struct result *result);
/* Whether there is anything that makes the verdict "findings". */
/* Whether who holds what the thread waits for is to be said: in "end of T2" it
 * has been. */
bool blocked_names_holder(const struct blocked_thread *blocked);
bool result_has_findings(const struct result *result);
bool outcome_is_finding(const struct outcome *outcome);
/* Sets the verdict from findings, reasons, command. An outcome that is a
 * failure or unexpected counts as a finding (natively it is the only sign of
 * one), and `unsupported` as REASON_UNSUPPORTED_CALL. */
void result_decide(struct result *result);

#endif
