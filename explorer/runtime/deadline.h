/*
 * Deadlines, in virtual time. How long something takes is not known, so a wait
 * may run out whenever it has not got what it waits for; the clock then is at
 * the deadline at least. That happens at most as often as --timeouts says to
 * each thread: whoever waits in a loop would do so for ever. A deadline that
 * has passed already when the wait begins does not count.
 *
 * All clocks show the same time, so it does not matter by which one a deadline
 * is meant.
 */
#ifndef EXPLORER_RUNTIME_DEADLINE_H
#define EXPLORER_RUNTIME_DEADLINE_H

#include <time.h>

#include "runtime/runtime.h"

struct deadline {
	uint64_t ns;  /* since 1970; UINT64_MAX: never */
	bool invalid; /* the nanoseconds are no part of a second */
};

/* Reads a time that the program gave. */
ON_FIBER struct deadline deadline_of(struct runtime *runtime,
				     const struct timespec *time,
				     uintptr_t place);

/* The same of a time that begins now. */
ON_FIBER struct deadline deadline_after(struct runtime *runtime,
					const struct timespec *time,
					uintptr_t place);

/* Whether glibc's functions take a deadline by that clock. */
bool deadline_may_be_by(clockid_t clock);

/* The deadline of who waits without one. */
#define DEADLINE_NEVER ((struct deadline){.ns = UINT64_MAX})

/* What the operation that waits until then has as its `alternatives` (enum
 * wait_kind). */
uint16_t deadline_kind(const struct runtime *runtime,
		       const struct deadline *deadline);

/* The running thread's wait has run out: returns the error. */
int deadline_pass(struct runtime *runtime, const struct deadline *deadline);

#endif
