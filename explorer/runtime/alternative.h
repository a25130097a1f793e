/*
 * Operations that may have several results, depending on the state (the trait
 * VARIES): which of those that wait a signal wakes; whether a timed wait is
 * given what it waits for, or runs out.
 *
 * A wait that is a cancellation point has one more, 3, which is that the thread
 * was cancelled: cond-cancelled, sem-cancelled, join-cancelled. So has that for
 * a lock where the thread may be cancelled at any time: lock-cancelled,
 * rdlock-cancelled, wrlock-cancelled, spin-lock-cancelled.
 *
 * Where tries for mutexes may fail for no reason (runtime.tries_fail), that is
 * result 1 of one for a mutex that nobody has.
 *
 * A result is a number, the step's alternative. Performed with it, the
 * operation may be one of another kind, as it then touches other objects:
 *
 *     announced     result 0     1                2
 *     reacquire     reacquire    cond-timeout     cond-spurious
 *     timed-lock    lock         lock-timeout
 *     timed-rdlock  rdlock       rdlock-timeout
 *     timed-wrlock  wrlock       wrlock-timeout
 *     spin-lock-wait spin-lock
 *     sem-timedwait sem-wait     sem-timeout
 *     timedjoin     join-wait    join-timeout
 *     futex-awake   futex-awake  futex-timeout    futex-spurious
 *     signal        signal       signal           ...
 *     futex-wake    futex-wake   futex-wake       ...
 */
#ifndef EXPLORER_RUNTIME_ALTERNATIVE_H
#define EXPLORER_RUNTIME_ALTERNATIVE_H

#include "runtime/runtime.h"

/* In the `alternatives` of an operation that waits: */
enum wait_kind {
	WAIT_TIMED = 0x100,    /* it may run out */
	WAIT_WITHHELD = 0x200, /* it could, but for --timeouts */
	WAIT_INVALID = 0x400,  /* it fails instead of waiting */
	WAIT_SPURIOUS = 0x800, /* it may end without a reason */
	WAIT_PASSED = 0x1000,  /* it has run out already: that is not counted */
	WAIT_CANCEL = 0x2000,  /* it ends if the thread is cancelled */
	WAIT_VARIES = 2,       /* always: it is not the only result */
};
#define ALTERNATIVES_OF_WAITS 4U
/* The one of a wait in which the thread was cancelled. */
#define RESULT_CANCELLED 3U

/* Whether it waits until it is woken by those who know that it waits; and
 * whether it is to wake some, with a result for each choice of whom, of which
 * there are so many where so many wait. */
static inline bool alternative_is_queued(enum op announced)
{
	return announced == OP_COND_REACQUIRE || announced == OP_FUTEX_AWAKE;
}

static inline bool alternative_wakes(enum op announced)
{
	return announced == OP_COND_SIGNAL || announced == OP_FUTEX_WAKE;
}

uint32_t alternative_choices(const struct operation *wake, uint32_t waiters);

/* What an operation that was announced is once it has that result. */
enum op alternative_op(enum op announced, uint32_t alternative);
/* Whether that is to have waited in vain for a lock or a semaphore. */
bool alternative_is_timeout(enum op op);
/* Makes it that. */
void alternative_take(const struct runtime *runtime, enum op announced,
		      uint32_t alternative, struct operation *operation);

/* Of a pending operation: the results to be looked at are those below the
 * count. */
uint32_t alternative_count(const struct thread *thread);
bool alternative_is_possible(const struct thread *thread, uint32_t alternative);

/* Of a wait: the results that it may have in one state or another, as a set. */
uint32_t alternative_results(enum op announced,
			     const struct operation *operation);

/* Whether the pending operation could time out here, and does not because
 * its thread has done so as often as it may. */
bool alternative_is_withheld(const struct thread *thread);

/* The pending operation as it is with that result. */
struct operation alternative_operation(const struct thread *thread,
				       uint32_t alternative);

#endif
