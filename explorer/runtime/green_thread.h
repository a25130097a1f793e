/*
 * A green thread: where it stands, what it has announced, and all that is
 * remembered of it. What it can do is elsewhere: thread.h has create and exit,
 * join.h, cancel.h and engine/spin.h speak of their fields.
 */
#ifndef EXPLORER_RUNTIME_GREEN_THREAD_H
#define EXPLORER_RUNTIME_GREEN_THREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/operation.h"
#include "world/fiber.h"

/* Marks functions that run on a green thread's stack. */
#define ON_FIBER

/* main and all others that one execution creates, one after the other or at a
 * time. */
#define THREADS_MAX 1024U

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
	uint64_t awaited; /* those that it waits for now */
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

/* What a thread that is watched lest it spins has written privately: known
 * places, or who knows what. */
enum spin_wrote {
	SPIN_WROTE_KNOWN = 1,
	SPIN_WROTE_UNKNOWN = 2,
};

#endif
