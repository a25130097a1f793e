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
 * S is a stream socket; M a memory file that both map (struct shared): the
 * schedule being run lies there, so that even a process that dies leaves it.
 *
 * A message is its type and the length of its body (u32 each), then the body,
 * which the functions below put together and take apart.
 */
#ifndef EXPLORER_CHANNEL_MESSAGE_H
#define EXPLORER_CHANNEL_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "trace/location.h"
#include "trace/operation.h"
#include "trace/result.h"
#include "trace/schedule.h"

/* The environment variable: "SOCKET,MEMORY", two descriptors in decimal; with
 * CHANNEL_NATIVE behind them the program is to run on real pthreads, which must
 * be known at its first malloc, before any message. */
#define CHANNEL_VARIABLE "EXPLORER_CHANNEL"
#define CHANNEL_NATIVE	 ",native"
/* Changes whenever anything in this file does. */
#define CHANNEL_VERSION 6

enum message_type {
	MESSAGE_HELLO = 1,  /* library: struct hello */
	MESSAGE_JOB,	    /* command: struct job */
	MESSAGE_ACK,	    /* command: u32, 1 to go on, 0 to stop */
	MESSAGE_VISIBLE,    /* library: struct visible_set; replaces the last */
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

/* Memory shared by command and library; the library writes all but `stop`. */
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
/* The library's handler of this signal ends the execution under way as "hang";
 * the command sends it when the heartbeat has stood still for too long. */
#define HANG_SIGNAL SIGPROF

struct module_info {
	const char *path; /* of the executable: the resolved path */
	uint64_t bias;
};
struct hello {
	uint32_t version; /* CHANNEL_VERSION */
	uint32_t module_count;
	struct module_info *modules; /* [0] is the executable */
};

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

/* A schedule as schedule_put() codes it. The command keeps those of many long
 * executions, and decodes few. */
struct coded_schedule {
	const void *bytes; /* NULL: none */
	size_t length;
};

/* What the program itself wants to be told by a name. */
struct named_bytes {
	const char *name;
	const void *bytes;
	size_t count;
};

struct outcome_message {
	uint32_t id;  /* 0, 1, 2 ... within the search; a later round starts
		       * anew at 0 (DROP what was there when id goes back) */
	uint32_t end; /* enum end_kind */
	bool has_status;
	int32_t status;
	const char *message;	 /* assertion text ...; "" if none */
	struct code_place place; /* of a failure */
	struct location fault;	 /* address of a crash */
	uint32_t value_count;	 /* as many as watches */
	const void **values;	 /* watch.bytes each */
	size_t *value_bytes;	 /* how many they are; only when taken apart */
	struct location *pointees; /* per watch; LOCATION_NONE if no pointer */
	uint32_t named_count;
	struct named_bytes *named;
	const void *output; /* at most OUTPUT_KEPT bytes */
	size_t output_length;
	uint64_t output_total;	     /* bytes in all */
	uint64_t output_digest;	     /* of all of them */
	uint64_t run;		     /* random: the run's number */
	struct schedule schedule;    /* of the first execution that ended so;
				      * only when put together */
	struct coded_schedule coded; /* only when taken apart */
	bool lost_update;	     /* in that execution */
	bool wanted;		     /* what a query looked for */
};
#define OUTPUT_KEPT (64U << 10)

#define NO_THREAD UINT32_MAX

#define FRAMES_MAX 24U

struct frames {
	uint32_t count;
	struct code_place at[FRAMES_MAX];
};

/* The heap block that something happened to or beside. */
struct block_message {
	bool known;
	int64_t offset; /* of what happened, from the block's start */
	uint64_t bytes;
	uint32_t allocated_by; /* thread, or NO_THREAD */
	struct code_place allocated;
	bool freed;
	uint32_t freed_by;
	struct code_place freed_at;
	uint64_t blocks; /* of a leak: how many, of `bytes` together */
	/* What only a schedule that is followed tells: the calls that led to
	 * its allocation and its free, the innermost first. */
	struct frames allocated_calls;
	struct frames freed_calls;
};

#define LOCKS_MAX 8U

#define LOCAL_POINTERS 4U

/* Where in a function's frame something lies, from the frame's top; and what
 * points to somewhere before it there. */
struct local_message {
	bool known;
	struct code_place place;
	int64_t offset;
	uint32_t pointer_count;
	struct frame_pointer pointers[LOCAL_POINTERS];
};

#define CALLERS_MAX 12U

/* An object that a thread waits for, holds or misuses. */
struct blocked_message {
	uint32_t thread;
	uint32_t op;		/* OP_MUTEX_LOCK, OP_JOIN, OP_SEM_WAIT ... */
	struct location object; /* OP_JOIN: LOCATION_THREAD */
	uint32_t holder;	/* thread, or NO_THREAD */
	bool holder_has_ended;
	struct code_place place;
	struct block_message block; /* that the object lies in */
	struct local_message local;
	uint32_t caller_count; /* the innermost first */
	struct code_place callers[CALLERS_MAX];
};

struct access_message {
	uint32_t thread;
	uint32_t op;
	struct location object;
	uint64_t size;
	struct code_place place;
	struct block_message block; /* that the object lies in */
	/* What only a schedule that is followed tells; all 0 otherwise. */
	struct frames frames; /* calls that led there, the innermost first */
	uint32_t lock_count;  /* held */
	struct blocked_message locks[LOCKS_MAX];
	uint32_t creator; /* thread, or NO_THREAD */
	struct code_place created_at;
	struct frames created_calls;
	struct local_message local;
};

struct finding_message {
	uint32_t id;	     /* as outcome_message.id */
	uint32_t kind;	     /* enum finding_kind */
	const char *message; /* assertion text ...; "" if none */
	uint32_t thread;     /* whose; NO_THREAD */
	struct code_place place;
	struct location object; /* fault address ...; LOCATION_NONE */
	int32_t status;		/* signal */
	uint32_t access_count;	/* 2 for a data race, 1 for a heap finding */
	struct access_message accesses[2];
	uint32_t blocked_count; /* deadlock */
	struct blocked_message *blocked;
	struct schedule schedule;    /* the whole execution; only when put */
	struct coded_schedule coded; /* only when taken apart */
};

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

/* What a strategy makes of a choice. */
enum tree_fate {
	TREE_OPEN,   /* it may take it, now or later, should that be needed */
	TREE_ASLEEP, /* taken before, and what it leads to is the same here */
	TREE_BEYOND, /* it would go beyond the bound */
};

struct tree_choice {
	struct event event; /* as far as it is known before the step */
	uint32_t fate;	    /* enum tree_fate */
};

enum tree_news {
	TREE_STATE, /* come to a state for the first time: its choices */
	TREE_STEP,  /* from the state at `depth` on this path, a step */
	TREE_END,   /* of an execution */
	TREE_NEWS_COUNT
};

struct tree_message {
	uint32_t news; /* enum tree_news */
	uint64_t depth;
	uint32_t thread; /* STEP */
	uint32_t alternative;
	uint32_t outcome; /* END: its id */
	bool has_after;	  /* STATE, END: of the step that led here */
	uint64_t after;
	int32_t result;
	uint32_t choice_count; /* STATE */
	const void *choices;   /* struct tree_choice each, as raw bytes */
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

/*
 * Putting together: append the body to *buffer. Taking apart: strings and
 * blocks in the result point into the reader's bytes, which must live as long;
 * what had to be copied (arrays, schedules) is freed by the _fini function.
 * A malformed body sets reader->failed, and the result may then only be
 * given to _fini.
 */
void hello_put(struct buffer *buffer, const struct hello *hello);
void hello_get(struct reader *reader, struct hello *ret_hello);
void hello_fini(struct hello *hello);
void job_put(struct buffer *buffer, const struct job *job);
void job_get(struct reader *reader, struct job *ret_job);
void job_fini(struct job *job);
void visible_set_put(struct buffer *buffer, const struct visible_set *set);
void visible_set_get(struct reader *reader, struct visible_set *ret_set);
void visible_set_fini(struct visible_set *set);
void turn_put(struct buffer *buffer, const struct turn *turn);
void turn_get(struct reader *reader, struct turn *ret_turn);
void turn_fini(struct turn *turn);
void outcome_put(struct buffer *buffer, const struct outcome_message *outcome,
		 const struct watch_place *watches);
void outcome_get(struct reader *reader, struct outcome_message *ret_outcome);
void outcome_message_fini(struct outcome_message *outcome);
void finding_put(struct buffer *buffer, const struct finding_message *finding);
void finding_get(struct reader *reader, struct finding_message *ret_finding);
void finding_message_fini(struct finding_message *finding);
void checkpoint_put(struct buffer *buffer, const struct checkpoint *checkpoint);
void checkpoint_get(struct reader *reader, struct checkpoint *ret_checkpoint);
void unsupported_put(struct buffer *buffer,
		     const struct unsupported *unsupported);
void unsupported_get(struct reader *reader,
		     struct unsupported *ret_unsupported);
void unsupported_fini(struct unsupported *unsupported);
void tree_put(struct buffer *buffer, const struct tree_message *tree);
void tree_get(struct reader *reader, struct tree_message *ret_tree);
void done_put(struct buffer *buffer, const struct done *done);
void done_get(struct reader *reader, struct done *ret_done);
void done_fini(struct done *done);

#endif
