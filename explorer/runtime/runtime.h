/*
 * The runtime: green threads, one of which runs at a time, and what is known
 * beside them.
 *
 *     operation.h       what a thread announces and performs
 *     green_thread.h    one thread
 *     runtime_state.h   all of them: what a rewind puts back
 *     runtime.h         that, what outlives executions, and how the scheduler
 *                       lets a thread run
 *     announce.h        how a thread waits for its turn
 *     enabled.h         when it may have it, and who stands in its way
 *
 * The scheduler is whoever calls runtime_resume(). It is not on a green stack.
 */
#ifndef EXPLORER_RUNTIME_RUNTIME_H
#define EXPLORER_RUNTIME_RUNTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "runtime/block_calls.h"
#include "runtime/context.h"
#include "runtime/copy_site.h"
#include "runtime/frame_log.h"
#include "runtime/lent.h"
#include "runtime/runtime_state.h"
#include "runtime/touch.h"
#include "runtime/visible.h"
#include "trace/misuse.h"
#include "world/world.h"

/* After so many private accesses in a row a thread announces a spin; while it
 * is watched, after fewer. */
#define PRIVATE_ACCESSES_MAX ((uint64_t)1 << 20)
#define PRIVATE_WATCHED_MAX  ((uint64_t)1 << 12)

/* The known ones, since it is watched. */
#define SPIN_WRITTEN_MAX       8U
#define SPIN_WRITTEN_BYTES_MAX 64U
struct spin_written {
	uint32_t count;
	bool grown; /* since it was looked at */
	struct {
		uintptr_t address;
		uint64_t bytes;
	} at[SPIN_WRITTEN_MAX];
};

/* See misuse.h. */
struct misuse_sighting {
	enum misuse what;
	const struct operation *operation; /* of the running thread */
	uint32_t target;		   /* the thread joined; THREADS_MAX */
	uint32_t other; /* who has to do with it as well; THREADS_MAX */
	uintptr_t other_place;
};

struct heap_error;
struct frame_error;

/* A call of a function that reaches beyond the world: what it does is neither
 * rewound nor the same in every execution. */
struct uncontrolled {
	const char *function; /* a literal */
	uintptr_t place;
	/* Who called it last, and in which step. */
	uint32_t thread;
	uint32_t step;
	/* It only is not the same in every process: told where that mattered.
	 */
	bool is_suspect;
};

/* Places that are told; what is called at others is no news. */
#define UNCONTROLLED_MAX 32U

/* What a step may have depended on besides its thread, its operation, and
 * memory of nobody else: how other threads are; or whatever, our own tables
 * included. */
enum entanglement {
	ENTANGLED_WITH_THREADS = 1,
	ENTANGLED = 2,
};

/* An access that is neither private nor known at a glance. */
struct late_access {
	uintptr_t address;
	size_t bytes;
	uintptr_t place;
	bool write;
};

struct runtime {
	struct world world;
	struct contexts contexts;
	struct touches touches;
	struct visible visible;
	struct copy_sites copy_sites;
	struct lent lent;

	struct fiber scheduler;
	struct thread *current; /* NULL while the scheduler runs */
	/* Where errno lies if threads share one place for it (tls.h), each
	 * with a value of its own: no access to it is shared. Else 0. */
	uintptr_t shared_errno;
	/* The last thread that was entered; NULL after a rewind. */
	struct thread *entered;
	/* Asked by a thread that has announced an operation which thread is to
	 * go on; NULL for the scheduler. There always is one, so that a thread
	 * that waits looks the same however it came to. */
	struct thread *(*driver)(void *context);
	void *driver_context;
	/* If set: told of misuse. */
	void (*see_misuse)(void *context,
			   const struct misuse_sighting *sighting);
	void *misuse_context;
	/* If set: told of locks that are taken by threads that hold others. */
	void (*see_nested)(void *context, const struct held *taken);
	void *nested_context;
	uint32_t step; /* steps performed or begun, in this execution */
	uint64_t private_left;
	uint64_t private_held; /* private_left, while half a copy is known */
	struct late_access late;
	/* What an atomic operation has just read: nowhere on the stack. */
	uint8_t found[16];
	volatile bool busy; /* in our own tables: do not interrupt */
	/* Where the program asks for the signal that comes now; else 0. */
	uintptr_t raised_at;
	volatile bool hang; /* the command asks to end this execution */

	/* Threads that became able to go on silently, in that order: a ring.
	 * Empty between steps. */
	struct thread *ready[THREADS_MAX];
	uint32_t ready_first;
	uint32_t ready_count;

	/* Bytes read when the process ends: the watched ones. */
	const struct piece *watched;
	size_t watched_count;

	/* Slots of threads, by (creator's slot, how manieth). */
	struct map slots;
	bool slot_used[LAYOUT_SLOTS];

	bool fenced;	   /* some execution made a fence */
	bool selves_asked; /* in some, a thread but main asked for its id */
	/* Whoever clears it is told of what steps then depend on. */
	unsigned entangled; /* set of enum entanglement */
	/* Operations say what they commute with (enum commuting). */
	bool refined;

	/* Private accesses that threads may still make while watched. */
	uint64_t spin_private_left;
	uint64_t left_at_atomic; /* of both, at the last private one */
	/* By number of thread: of those that are watched. */
	struct spin_written *spin_written[THREADS_MAX];

	/* If set: told of what is done to heap blocks and must not be. */
	void (*heap_error)(void *context, const struct heap_error *error);
	void *heap_error_context;
	/* If set: told of what is done to locals of functions that have
	 * returned. */
	void (*frame_error)(void *context, const struct frame_error *error);
	void *frame_error_context;
	struct frame_log frame_log;
	/* The program may switch stacks by itself: nothing is known of how far
	 * its threads' go. */
	bool own_stacks;
	struct block_calls block_calls;

	/* How often each thread may time out, and how many spurious wake-ups
	 * an execution may have. */
	uint32_t timeouts_max;
	uint32_t spurious_max;
	/* A try for a mutex may also fail while nobody has it. */
	bool tries_fail;

	/* Runs the cleanup handlers of the running thread, and ends it: does
	 * not return. */
	void (*unwind)(struct runtime *runtime);

	const char *unsupported; /* the function that was called, or NULL */
	/* Calls of what nobody rewinds; those up to `told` are known to the
	 * command. */
	struct uncontrolled uncontrolled[UNCONTROLLED_MAX];
	uint32_t uncontrolled_count;
	uint32_t uncontrolled_told;
	/* How many pages had been written when last asked (foreign.h), and
	 * whether some of them are libraries' of which nothing is known yet. */
	size_t pages_written;
	bool foreign_written;
	struct runtime_state state;
};

/* The runtime of that state. */
static inline const struct runtime *
thread_runtime_of(const struct thread *thread)
{
	return (const struct runtime *)((const char *)thread_state_of(thread) -
					offsetof(struct runtime, state));
}

/* A driver that wants the scheduler. */
ON_FIBER struct thread *runtime_no_driver(void *context);

/* Sets up what must stand before the program's first allocation. */
void runtime_init(struct runtime *runtime);

/* Makes main, about to call entry on its green stack. Returns 0; -1 if memory
 * is short. */
int runtime_start(struct runtime *runtime, void (*entry)(void *),
		  void *argument);

/* Puts the thread's errno and thread pointer in place. They stay when the
 * scheduler goes on, which needs neither. */
static inline void runtime_enter(struct runtime *runtime, struct thread *thread)
{
	struct thread *previous = runtime->state.previous;
	int *place = (int *)runtime->shared_errno;

	runtime->entered = thread;
	if (runtime->world.tls.separate) {
		tls_switch(&runtime->world.tls, thread->tls);
	} else if (place && previous != thread) {
		if (previous)
			previous->saved_errno = *place;
		/* Writing it would make its page hot. */
		if (*place != thread->saved_errno)
			*place = thread->saved_errno;
		runtime->state.previous = thread;
	}
}

/* To be done before the world is rewound: the thread that was entered last may
 * then have no thread-local storage. main always has. */
static inline void runtime_leave(struct runtime *runtime)
{
	runtime->entered = NULL;
	if (runtime->world.tls.separate)
		tls_switch(&runtime->world.tls, runtime->state.threads[0].tls);
}

/* Whether each private access of the thread takes the slow path: while it is
 * watched, and while it may be cancelled at any time. */
static inline bool runtime_is_slow(const struct thread *thread)
{
	return thread->spin_watched || thread->cancel_asynchronous;
}

/* To be done before a thread is switched to. */
static inline void runtime_prepare(struct runtime *runtime,
				   struct thread *thread)
{
	if (runtime->entered != thread)
		runtime_enter(runtime, thread);
	thread->state = THREAD_READY;
	runtime->private_left =
		runtime_is_slow(thread) ? 1 : PRIVATE_ACCESSES_MAX;
	runtime->spin_private_left = thread->spin_watched
					     ? PRIVATE_WATCHED_MAX
					     : PRIVATE_ACCESSES_MAX;
	runtime->left_at_atomic = 0;
	runtime->current = thread;
}

/* Runs a thread until it announces, blocks or ends; or, with a driver, many
 * threads, until that wants the scheduler. */
static inline void runtime_resume(struct runtime *runtime,
				  struct thread *thread)
{
	runtime_prepare(runtime, thread);
	fiber_switch(&runtime->scheduler, &thread->fiber);
	runtime->current = NULL;
}

/* A thread has become able to go on silently. */
void runtime_make_ready(struct runtime *runtime, struct thread *thread);

/* Runs the thread that has been able to go on silently for longest. Returns it;
 * NULL if there is none. */
struct thread *runtime_settle_one(struct runtime *runtime);

/* The running thread has changed something of its own that is no access to
 * memory: should it be making the rounds of a loop, they differ. */
static inline void runtime_note_private(struct runtime *runtime)
{
	if (runtime->current)
		runtime->current->spin_wrote |= SPIN_WROTE_UNKNOWN;
}

/* The running thread is about to call such a function. */
void runtime_note_uncontrolled(struct runtime *runtime, const char *function,
			       uintptr_t place, bool is_suspect);

/* The parts of the runtime's state that are to be saved. */
#define RUNTIME_PIECES 6U
void runtime_pieces(struct runtime *runtime, struct piece *ret_pieces);

#endif
