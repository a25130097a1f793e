/*
 * The program as a transition system: what strategies search.
 *
 *     state      what the world is between two steps
 *     choices    the steps possible there: (thread, alternative)
 *     step       perform one of them: a transition
 *     rewind     go back to an earlier state of this execution
 *     end        nothing more can happen
 *
 * An execution is the list of its steps. Going back is restoring the deepest
 * saved world at or before the place and running the recorded steps from there;
 * the first state with more than one choice is saved once (the base), so that
 * what comes before it, the program's start included, is not run again.
 *
 *     origin ── one choice only ── base ── step ── step ── step ── end
 *                                   ^                │
 *                                   └── rewind(n) ───┘
 *                                    then n - base steps again
 */
#ifndef EXPLORER_ENGINE_ENGINE_H
#define EXPLORER_ENGINE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "channel/job_message.h"
#include "channel/message.h"
#include "channel/shared.h"
#include "engine/check.h"
#include "engine/epoch.h"
#include "engine/finding.h"
#include "engine/history.h"
#include "engine/lock_order.h"
#include "engine/outcome.h"
#include "runtime/runtime.h"
#include "trace/result.h"
#include "trace/schedule.h"

struct spin_window;

/* More choices than this in one state end the execution as a limit. */
#define CHOICES_MAX 4096U

/* A saved world on the way to where a rewind went. */
#define MARKS_MAX 16U
struct mark {
	size_t depth;
	struct snapshot snapshot;
};

/* What going back costs here, as measured on the way, in units of cycles_now():
 * saving a world, and repeating sixteen steps. 0: not known yet. */
struct rewind_costs {
	uint64_t save;
	uint64_t steps;
};

/* One step that was performed. */
struct performed {
	struct operation operation;
	struct choice choice;
	/* It had no effect: a compare-exchange that stored nothing, a try that
	 * got nothing. */
	bool failed;
	/* To whom the lock or semaphore that it is on was available before this
	 * step: set of enum availability. */
	uint8_t available;
	/* That its thread made since its step before: set of enum fence. */
	uint8_t fences;
	uint8_t announced; /* enum op: `operation` is this, or its result */
	/* Before this step, of an operation on a condition variable: how many
	 * waited there; on a read-write lock: how many read. */
	union {
		uint16_t waiters;
		uint16_t readers;
	};
	/* How many steps had been made with the one that made this one
	 * possible; 0: none in particular did. */
	uint32_t cause;
	bool idle; /* it changed nothing: see spin.h */
};

/* Says which choice is next; false to stop. May run on a green thread's stack,
 * where nothing can be saved or gone back to. */
struct engine;
typedef bool engine_picker(void *context, struct engine *engine,
			   struct choice *ret_choice);

/* How an execution ended. */
struct ending {
	enum end_kind kind;
	bool has_status;
	bool is_dropped; /* of no interest to anybody */
	bool is_wanted;	 /* in the state that was looked for */
	int32_t status;
	uint32_t thread; /* that ended it; NO_THREAD */
	uintptr_t place;
	uintptr_t fault; /* address of a crash */
};

/* Whoever wants to know: tables of functions handed down. NULL: not asked. */
struct engine_listener {
	void *context;
	/* A step was performed (JOB_FOLLOW only: it is slow). */
	void (*step)(void *context, const struct event *event);
	/* An execution ended in a way not seen before. */
	void (*outcome)(void *context, uint32_t id);
	/* A finding not seen before, at the end of its execution. */
	void (*finding)(void *context, uint32_t id);
	/* For a picture of the search. A strategy has come to a state that is
	 * new on its path, and makes this of each choice (enum tree_fate); goes
	 * on with a step, of this state or of one further up. An execution
	 * ended. */
	void (*state)(void *context, const uint8_t *fates);
	void (*branch)(void *context, struct choice choice);
	void (*end)(void *context, uint32_t outcome);
};

/*
 * Invariants:
 * 1. log[0..depth) and schedule[0..depth) are the steps that led here.
 * 2. choices[0..choice_count) are possible here, the thread that ran last
 *    first, then by thread number; none if `ended`.
 * 3. has_base implies base_depth <= depth or the engine is rewinding.
 */
struct engine {
	struct runtime *runtime;
	struct shared *shared;
	struct engine_listener listener;

	size_t depth;
	struct choice *schedule; /* shared->schedule */
	struct performed *log;
	size_t log_capacity;

	bool ended;
	struct ending ending;
	struct choice choices[CHOICES_MAX];
	uint32_t choice_count;
	bool steady; /* see choices.h */

	bool step_open; /* see step.c */
	bool repeating; /* steps of the log are made once more */
	bool has_next;	/* `next` is picked, and still to be made */
	struct choice next;
	engine_picker *pick;
	void *pick_context;

	bool started;
	struct snapshot origin;
	bool has_base;
	size_t base_depth;
	struct snapshot base;
	struct mark marks[MARKS_MAX]; /* in increasing order of depth */
	unsigned mark_count;
	bool no_marks; /* rewind from the base alone */
	struct rewind_costs costs;

	uint64_t executions_max; /* 0: no limit */
	uint64_t steps_max;	 /* of an execution */
	uint64_t steps;		 /* performed in all, replayed ones included */
	uint64_t transitions;	 /* without those */
	uint64_t executions;
	uint64_t blocked; /* begun besides, then everything was asleep */
	uint64_t cut;	  /* of the executions, by a limit */
	uint64_t states;  /* distinct ones; 0 if nobody tells them apart */
	uint32_t hangs;	  /* among them */

	/* Schedules that killed the process before. */
	const struct fatal *fatal;
	uint32_t fatal_count;

	struct event event;	   /* the step being made, for the listener */
	struct buffer description; /* of the outcome */
	struct history history;
	struct findings findings;
	bool no_races; /* are looked for */
	bool leaks;    /* are */
	bool recheck;  /* each execution is made twice, and compared */
	struct epochs epochs;
	struct lock_orders lock_orders;
	struct details details;
	struct outcomes outcomes;

	/* By outcome, so many words each, the lowest first; 0: not counted. */
	uint64_t *interleavings;
	uint32_t interleaving_words;
	bool has_cycles; /* so they cannot be counted */
	double risk;	 /* that a state was missed, where memory was full */
	enum asymmetry asymmetry; /* why symmetry was given up */

	/* Set if the search cannot go on: a function is not supported, or the
	 * same schedule did something else. */
	bool stopped;
	bool diverged;
	/* The command has asked for no more: strategies return at the next
	 * pause. */
	bool told_enough;
	/* Of threads that are watched, by number; NULL: never watched. */
	struct spin_window *spins[THREADS_MAX];
	bool spins_awake; /* no thread is to sleep */
	/* Visible memory is fixed: what is learned is left alone. */
	bool frozen;
	uint64_t learned; /* touches.grown when this round began */
	/* Where granules of visible memory lie: granule -> index + 1. */
	struct map visible_known;
	struct location *visible_at;
	size_t visible_count;
	size_t visible_capacity;
	unsigned incomplete_because; /* set of enum incomplete_reason */
	struct check check;	     /* used if CHECKED */
};

void engine_init(struct engine *engine, struct runtime *runtime,
		 struct shared *shared);

/* Goes to the initial state: main, and whatever it starts at once, about to
 * make the first visible operations. */
void engine_begin(struct engine *engine);

/* Forgets the base: the set of visible memory has changed, so an execution is
 * to be cut into steps otherwise. The next thing is engine_begin(). */
void engine_new_round(struct engine *engine);

/* Performs choices[i] for some i. */
void engine_step(struct engine *engine, struct choice choice);

/* A step on the way to where a saved search stood, made before in another
 * process: it counts as no new transition. Returns false if it is not possible:
 * then the same schedule has done something else, and the search is over. */
bool engine_step_again(struct engine *engine, struct choice choice);

/* Makes the steps that the picker says, until it says none or the execution has
 * ended. The same as engine_step() for each, only faster. */
void engine_drive(struct engine *engine, engine_picker *picker, void *context);

/* Goes back to the state after the first `depth` steps of this execution. */
void engine_rewind(struct engine *engine, size_t depth);

/* Goes to the state after these steps, from the initial state. Returns false
 * if one of them is not possible, at engine->depth. */
bool engine_follow(struct engine *engine, const struct choice *steps,
		   size_t count);

/* Keeps stepping the thread until it blocks, ends or has made `steps_max`
 * steps; always its first alternative. Returns how many it made. */
uint64_t engine_run_thread(struct engine *engine, uint16_t thread,
			   uint64_t steps_max);

/* The same schedule did something else than before: ends this execution and the
 * search. */
void engine_stop_diverged(struct engine *engine);

/* Records how the execution ended; engine->ended must hold. */
void engine_finish(struct engine *engine);

/* The same for a search that visits states: of an end that it has come to for
 * the first time; and of findings as soon as they are seen, as the path may
 * never come to an end. Returns the outcome's id, OUTCOME_NONE if the execution
 * was dropped or cannot be gone on with. */
uint32_t engine_finish_state(struct engine *engine);
void engine_tell_findings(struct engine *engine);
/* The same, step by step: counts what is seen in this state, and tells one that
 * was counted. */
void engine_count_findings(struct engine *engine);
void engine_tell_finding(struct engine *engine, uint32_t id);

/* The thread that made the last step; NULL before the first one. Whoever chose
 * (explorer_choose()) does not count: that is done as soon as it can be. */
const struct thread *engine_last_moved(const struct engine *engine);

/* Whether taking the choice here switches away from a thread that could go on
 * and has not passed a yield since its last operation. */
bool engine_is_preemption(const struct engine *engine, struct choice choice);

/* Whether a strategy is to return now: nothing further can be done, as many
 * executions were made as may be, the command asks for an end, or this round's
 * set of visible memory turned out to be too small. */
bool engine_wants_pause(const struct engine *engine);

/* Whether this execution lost an update. */
bool engine_lost_update(struct engine *engine);

/* Everything that makes how this execution ended differ from another. */
void engine_describe(const struct engine *engine, struct buffer *bytes);

/* Identifies the state. */
uint64_t engine_digest(struct engine *engine);

#endif
