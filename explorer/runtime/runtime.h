/*
 * Green threads and what their operations mean.
 *
 * A thread runs until it announces a visible operation; it then waits, and the
 * scheduler, which is whoever called runtime_resume(), decides who performs
 * the announced operation next. The thread itself performs it when it is
 * resumed, in the function that announced it:
 *
 *     scheduler                          thread
 *     runtime_resume(t) ───────────────> ... private code ...
 *                                        runtime_announce(lock m)
 *                       <─────────────── (waits)
 *     is it enabled? whose turn is it?
 *     runtime_resume(t) ───────────────> takes m ... private code ...
 *
 * So what an operation does stands in one place, in the order in which the
 * program does it, and a thread's progress is nothing but its stack.
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
#include "runtime/lent.h"
#include "runtime/touch.h"
#include "runtime/visible.h"
#include "trace/misuse.h"
#include "trace/operation.h"
#include "world/fiber.h"
#include "world/world.h"

/* Marks functions that run on a green thread's stack. */
#define ON_FIBER

/* main and all others that one execution creates, one after the other or at a
 * time. */
#define THREADS_MAX 1024U
/* After so many private accesses in a row a thread announces a spin; while it
 * is watched, after fewer. */
#define PRIVATE_ACCESSES_MAX ((uint64_t)1 << 20)
#define PRIVATE_WATCHED_MAX  ((uint64_t)1 << 12)

/*
 * A visible operation that was announced, and later performed.
 *
 * Written and copied word by word (operation_set, operation_copy): a processor
 * that is asked for more bytes at a time than were just stored at a time waits
 * until the store is done, and these are copied right after they are made.
 */
struct operation {
	uintptr_t address; /* of the object; 0: none */
	/* OP_COPY: what is read. OP_BARRIER_LEAVE: the step that allowed it,
	 * counted from 1; 0: none yet. OP_RWLOCK_TIMEDWRLOCK: whether others
	 * wait for it to be let pass. */
	uintptr_t source;
	uintptr_t place; /* in the code: return address - 1 */
	/* Of memory that is accessed. Of a wait that may be cancelled: what
	 * says whether it is, see cancel.h. Of OP_FUTEX_WAKE: how many. */
	uint64_t bytes;
	union {
		struct {
			uint8_t op;    /* enum op */
			uint8_t order; /* enum memory_order_kind */
			/* How many results it may have; 0 means 1. More than 1
			 * wherever that depends on the state (VARIES). */
			uint16_t alternatives;
			/* Descriptor; exit status; signal. Of an access within
			 * one granule all of whose bytes are visible: the
			 * granule's number + 1; else 0. Of an operation on a
			 * lock or semaphore: enum commuting. */
			int32_t detail;
		};
		uint64_t kind; /* all of these */
	};
};

/*
 * What an operation on a lock or semaphore commutes with: those on the same
 * object that say the same, unless it is COMMUTES_NOT. That is, the two are
 * possible in either order or in none, with the same results, and lead to the
 * same state. One that has not been performed yet says only what holds in every
 * state, as long as nothing happens that it conflicts with.
 */
enum commuting {
	COMMUTES_NOT,
	COMMUTES_POSTS, /* adds one to a semaphore */
	/* Begins or ends to read under a read-write lock that nobody writes
	 * under, and where those who queue to write are no matter. */
	COMMUTES_READERS,
	/* It failed, and changed nothing: known once it has been performed, in
	 * the engine's log. */
	COMMUTES_LOOKS,
	/* It arrives at a barrier, and two are missing there, itself included;
	 * each number above stands for one more: barrier_missing(). Known once
	 * it has been performed. */
	COMMUTES_ARRIVALS,
};

/* What an operation that tries to get something, or waits for it a while,
 * commutes with if it gets it. */
static inline int32_t commuting_if_got(const struct operation *operation)
{
	return (operation->op == OP_RWLOCK_TRYRDLOCK ||
		operation->op == OP_RWLOCK_RDLOCK) &&
			       operation->source
		       ? COMMUTES_READERS
		       : COMMUTES_NOT;
}

static inline void operation_copy(struct operation *to,
				  const struct operation *from)
{
	to->address = from->address;
	to->source = from->source;
	to->place = from->place;
	to->bytes = from->bytes;
	to->kind = from->kind;
}

/* What operation.kind is made of. */
static inline uint64_t operation_kind(enum op op, enum memory_order_kind order,
				      uint16_t alternatives, int32_t detail)
{
	/* The fields' places in the word are the compiler's business; on the
	 * machines in question this is the order of their bytes. */
	_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
		       "the first field is the lowest byte");
	return (uint64_t)op | (uint64_t)order << 8 |
	       (uint64_t)alternatives << 16 | (uint64_t)(uint32_t)detail << 32;
}

enum thread_state {
	THREAD_READY,	/* about to go on silently */
	THREAD_PENDING, /* has announced `pending` */
	THREAD_JOINING, /* waits for the end of thread `joining` */
	THREAD_ENDED,
};

/* Of a thread: whether it is in an atomic section, and whether others may have
 * done something since its last step. */
enum section {
	SECTION_NONE,
	SECTION_UNBROKEN,
	SECTION_BROKEN,
	/* In none, but cancelled before whatever it announces if somebody has
	 * asked for that. */
	SECTION_ASYNCHRONOUS,
};

enum fence {
	FENCE_ACQUIRE = 1,
	FENCE_RELEASE = 2,
};

/* What a failure says beyond its operation; literals of the program. */
struct failure {
	const char *expression; /* assertion; type of an uncaught exception */
	const char *file;
	const char *function;
	uint32_t line;
};

/* What a thread can be told about itself and others, and what makes no
 * difference to what it does. Inherited from who creates it. */
struct thread_settings {
	char name[16];
	uint64_t processors; /* set of those that it may run on */
	int32_t policy;
	int32_t priority;
	uint64_t blocked; /* signals, as the kernel has them */
};

/* Invariant: threads[i].number == i. What nearly every step changes lies in the
 * first 64 bytes, on one line of the processor's: states are compared by lines
 * (engine/state.h). */
struct thread {
	_Alignas(64) struct fiber fiber;
	struct operation pending;
	uint32_t slot; /* see trace/location.h */
	uint32_t number;
	uint32_t index;	  /* visible operations performed */
	int32_t result;	  /* of the last operation, where it has one */
	uint32_t creator; /* number */
	uint32_t children;
	uint32_t context; /* see context.h; when ended: its last */
	uint32_t joining;
	/* While it waits for a condition variable or to have the mutex back:
	 * which one, and how many steps the execution had made when it was
	 * signalled, the signal included; 0: not yet. */
	uintptr_t waits_on;
	uint32_t signalled;
	uint32_t timeouts; /* how many of its waits have run out */
	/* The virtual time that it knows to have come, in nanoseconds; and, for
	 * noticing that it polls the clock, how often it has read it in quick
	 * succession, and how many operations it had performed then. */
	uint64_t now;
	uint32_t polls;
	uint32_t polled_at;
	/* What creating and joining it ordered: how many steps, and how many
	 * creates and joins, the execution had made then; and who joined. */
	uintptr_t created_place;
	uint32_t created_at;
	uint32_t created_nth;
	uint32_t joined_at;
	uint32_t joined_nth;
	uint32_t joined_by; /* number */
	int saved_errno;
	uint8_t state; /* enum thread_state */
	bool detached;
	bool returns_int; /* start does */
	bool joined;
	bool yielded;	    /* since its last visible operation */
	bool exits_at_once; /* the process, without handlers */
	/* What tells threads that spin: see engine/spin.h. */
	bool spin_watched;
	uint8_t spin_wrote; /* privately, since it was looked at: set of
			       enum spin_wrote */
	bool spin_woken;    /* its OP_AWAIT can be performed */
	uint32_t spin_idle;
	uint64_t spin_noted;   /* spin_key() of what was pending; 0: nothing */
	uint32_t spin_in_vain; /* how often it was watched and let alone */
	uint32_t spin_rest_until;
	uint32_t spin_due_at;	/* it was watched last because it wrote */
	uint8_t fences;		/* likewise: set of enum fence */
	uint8_t creator_fences; /* of its creator, when it was created */
	uint8_t section;	/* enum section */
	uint8_t sections;	/* how deep: request.h */
	uint16_t alternative;	/* granted for the pending operation */
	/* The destination of a struct copy whose source is still to come. */
	uintptr_t copy_address;
	uint64_t copy_bytes;
	size_t stack_bytes;
	/* Its cancellation: see cancel.h. */
	bool cancelled; /* somebody has asked for it */
	bool cancel_disabled;
	bool cancel_asynchronous;
	bool leaving;  /* it ends, and nothing is acted upon any more */
	void *cleanup; /* the newest handler that is registered */
	/* What its stack is unwound with, to leave: a struct _Unwind_Exception,
	 * which must not lie on that stack. */
	_Alignas(16) uint64_t unwinding[4];
	struct failure failure; /* if its pending operation is one */
	/* The last exception that it threw, until that is handled: the name of
	 * the type, as C++ has it, and where. */
	const char *thrown;
	uintptr_t thrown_at;
	struct thread_settings settings;
	void *tls;
	void *(*start)(void *);
	void *argument;
	void *value; /* returned */
};

#define KEYS_MAX 1024U

/* A key of thread-specific data. */
struct key {
	void (*destructor)(void *);
	uint64_t born; /* how often it was created */
	bool in_use;
};

/* What a thread that is watched lest it spins has written privately: known
 * places, or who knows what. */
enum spin_wrote {
	SPIN_WROTE_KNOWN = 1,
	SPIN_WROTE_UNKNOWN = 2,
};

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

/* A lock that a thread holds: see held.h. */
#define HELD_MAX 4096U
struct held {
	uintptr_t address;
	uintptr_t place; /* where it was taken */
	uint32_t thread; /* number */
	uint32_t op;	 /* by which it was taken */
};

/* Bytes of the program that are to be told by a name: see watched.h. */
#define WATCHED_MAX	   32U
#define WATCHED_NAME_BYTES 40U
#define WATCHED_BYTES_MAX  64U
struct watched {
	char name[WATCHED_NAME_BYTES];
	void *start;
	uint32_t bytes;
	/* The heap block that they are part of; number 0: none. */
	uint32_t slot;
	uint32_t number;
};

/* See misuse.h. */
struct misuse_sighting {
	enum misuse what;
	const struct operation *operation; /* of the running thread */
	uint32_t target;		   /* the thread joined; THREADS_MAX */
	uint32_t other; /* who has to do with it as well; THREADS_MAX */
	uintptr_t other_place;
};

/* All of the runtime that an execution changes and a rewind puts back. */
struct runtime_state {
	uint32_t count;
	uint32_t alive;
	uint32_t creates_and_joins;
	uint32_t spurious;	/* wake-ups without a reason, so far */
	uint32_t exit_handlers; /* registered with atexit and the like */
	uint32_t held_count;
	char *token_rest;	 /* where strtok() goes on */
	bool main_returned;	 /* from main, to exit */
	uint32_t spin_watched;	 /* threads that are */
	struct thread *previous; /* whose errno is in place, if it is shared */
	int32_t concurrency;	 /* as pthread_setconcurrency() set it */
	uint32_t key_count;	 /* of keys, from 0 on, that were ever used */
	uint32_t asked_count; /* bytes that are watched since the program said
				 so */
	/* Numbers of the threads that have not ended, in increasing order:
	 * `alive` of them. Saved apart from the rest. */
	_Alignas(8) uint16_t live[THREADS_MAX];
	/* The first key_count are saved. */
	struct key keys[KEYS_MAX];
	/* The first asked_count are saved; in order of their names. */
	struct watched asked[WATCHED_MAX];
	struct thread threads[THREADS_MAX];
	struct held held[HELD_MAX];
};

/* for (struct thread *each live thread of a runtime_state) */
#define FOR_LIVE(thread, state)                                                \
	for (uint32_t live_index = 0;                                          \
	     live_index < (state)->alive &&                                    \
	     ((thread) = &(state)->threads[(state)->live[live_index]], 1);     \
	     live_index++)

struct heap_error;

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
	volatile bool busy; /* in our own tables: do not interrupt */
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
	/* By number of thread: of those that are watched. */
	struct spin_written *spin_written[THREADS_MAX];

	/* If set: told of what is done to heap blocks and must not be. */
	void (*heap_error)(void *context, const struct heap_error *error);
	void *heap_error_context;
	struct block_calls block_calls;

	/* How often each thread may time out, and how many spurious wake-ups
	 * an execution may have. */
	uint32_t timeouts_max;
	uint32_t spurious_max;

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

/* The state that a thread is part of. */
static inline const struct runtime_state *
thread_state_of(const struct thread *thread)
{
	return (const struct runtime_state *)((const char *)(thread -
							     thread->number) -
					      offsetof(struct runtime_state,
						       threads));
}

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

/* To be done before a thread is switched to. */
static inline void runtime_prepare(struct runtime *runtime,
				   struct thread *thread)
{
	if (runtime->entered != thread)
		runtime_enter(runtime, thread);
	thread->state = THREAD_READY;
	/* While it is watched, each private access takes the slow path. */
	runtime->private_left = thread->spin_watched ? 1 : PRIVATE_ACCESSES_MAX;
	runtime->spin_private_left = PRIVATE_WATCHED_MAX;
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

/* The rare cases of runtime_is_enabled(). */
bool runtime_may_perform(const struct operation *operation,
			 const struct thread *thread);

/* Whether the thread's pending operation can be performed now. */
static inline bool runtime_is_enabled(const struct thread *thread)
{
	if (thread->state != THREAD_PENDING)
		return false;
	return !op_may_block(thread->pending.op) ||
	       runtime_may_perform(&thread->pending, thread);
}

/* The rare cases of runtime_alternatives() and runtime_may_have(); see
 * alternative.h. */
uint32_t alternative_count(const struct thread *thread);
bool alternative_is_possible(const struct thread *thread, uint32_t alternative);

/* How many results it may have then. */
static inline uint32_t runtime_alternatives(const struct thread *thread)
{
	if (op_varies(thread->pending.op))
		return alternative_count(thread);
	return thread->pending.alternatives ? thread->pending.alternatives : 1;
}

/* Whether an enabled thread's operation may have that one of them. */
static inline bool runtime_may_have(const struct thread *thread,
				    uint32_t alternative)
{
	return !op_varies(thread->pending.op) ||
	       alternative_is_possible(thread, alternative);
}

/* To whom the object of an operation is available now: a set. Where nobody ever
 * has to wait for it, to all. */
enum availability {
	AVAILABLE_SHARED = 1,	 /* to those that share it with others */
	AVAILABLE_EXCLUSIVE = 2, /* to those that want it for themselves */
	AVAILABLE = AVAILABLE_SHARED | AVAILABLE_EXCLUSIVE,
};
unsigned runtime_availability(const struct operation *operation);

/* What an operation that may block needs of these. */
static inline unsigned runtime_needs(const struct operation *operation)
{
	return operation->op == OP_RWLOCK_RDLOCK ||
			       operation->op == OP_RWLOCK_TRYRDLOCK ||
			       operation->op == OP_RWLOCK_TIMEDRDLOCK ||
			       operation->op == OP_RWLOCK_RDTIMEOUT
		       ? AVAILABLE_SHARED
		       : AVAILABLE_EXCLUSIVE;
}

/* Whether the thread itself has the lock that its pending operation is on. */
bool runtime_has(const struct thread *thread);

/* The number of the thread that holds what `thread` waits for: a lock's owner,
 * the thread it joins; THREADS_MAX if nobody in particular. */
uint32_t runtime_holder(const struct runtime *runtime,
			const struct thread *thread);

/* All who hold it, one after the other, *index being 0 at first; THREADS_MAX
 * when there are no more. Many may read under a lock that one wants to write
 * under. */
uint32_t runtime_next_holder(const struct runtime *runtime,
			     const struct thread *thread, uint32_t *index);

/* Whether what the running thread, which is in an atomic section, has set as
 * its `pending` belongs to the step under way. */
ON_FIBER bool runtime_is_within_section(struct runtime *runtime);

/* Waits until it is the running thread's turn, which has set its `pending`.
 * Whoever has nothing to do afterwards ends with this call: each return on the
 * way back into the program, which is rarely where the processor takes it to
 * go, costs as much as the switch. */
ON_FIBER static inline void runtime_await_turn(struct runtime *runtime)
{
	struct thread *thread = runtime->current;
	const struct fiber *to = &runtime->scheduler;
	struct thread *next;

	if (__builtin_expect(thread->section, SECTION_NONE) &&
	    runtime_is_within_section(runtime))
		return;
	thread->state = THREAD_PENDING;
	next = runtime->driver(runtime->driver_context);
	if (next) {
		runtime_prepare(runtime, next);
		to = &next->fiber;
	}
	if (next != thread)
		fiber_switch(&thread->fiber, to);
}

/* Announces an operation, waits for its turn, and returns when it is to be
 * performed. Does not return for ending operations. */
ON_FIBER static inline void runtime_announce(struct runtime *runtime,
					     const struct operation *operation)
{
	operation_copy(&runtime->current->pending, operation);
	runtime_await_turn(runtime);
}

/* The running thread has changed something of its own that is no access to
 * memory: should it be making the rounds of a loop, they differ. */
static inline void runtime_note_private(struct runtime *runtime)
{
	if (runtime->current)
		runtime->current->spin_wrote |= SPIN_WROTE_UNKNOWN;
}

/* Announces the call of a function that is not supported: this ends the
 * execution and the search. `function` is a literal. */
ON_FIBER _Noreturn void runtime_refuse(struct runtime *runtime,
				       const char *function, uintptr_t place);

/* The running thread is about to call such a function. */
void runtime_note_uncontrolled(struct runtime *runtime, const char *function,
			       uintptr_t place, bool is_suspect);

/* The parts of the runtime's state that are to be saved. */
#define RUNTIME_PIECES 6U
void runtime_pieces(struct runtime *runtime, struct piece *ret_pieces);

#endif
