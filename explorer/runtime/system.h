/*
 * Operations on what threads share besides memory and locks: output, random
 * numbers, the clock.
 */
#ifndef EXPLORER_RUNTIME_SYSTEM_H
#define EXPLORER_RUNTIME_SYSTEM_H

#include "runtime/runtime.h"

/* What the clock moves on at a reading, so that a program that computes
 * with differences finds none that is zero. */
#define CLOCK_READING_NS ((uint64_t)1000)

/* Operations between two readings of the clock of somebody who polls it. */
#define POLL_OPERATIONS_MAX 8U

/* How many operations ago a thread has polled the clock: not more than what
 * makes it no poll any more. */
static inline uint32_t system_polled_ago(const struct thread *thread)
{
	uint32_t ago = thread->index - thread->polled_at;

	if (thread->polls == 0)
		return 0;
	return ago <= POLL_OPERATIONS_MAX ? ago : POLL_OPERATIONS_MAX + 1;
}

/* The thread is about to write to a file descriptor (1 or 2). */
ON_FIBER void system_output(struct runtime *runtime, int descriptor,
			    uintptr_t place);
/* The thread is about to use libc's common random numbers. */
ON_FIBER void system_random(struct runtime *runtime, uintptr_t place);
/* Reads the virtual clock: nanoseconds since 1970. */
ON_FIBER uint64_t system_clock(struct runtime *runtime, uintptr_t place);
/* Sleeps: the clock moves to when the thread wakes, unless it is there already.
 * How long it sleeps counts from when it last woke or read the clock: so two
 * threads' sleeps come out the same in either order. Silent as long as no
 * execution reads the clock. */
ON_FIBER void system_sleep(struct runtime *runtime, uint64_t ns,
			   uintptr_t place);
ON_FIBER void system_sleep_until(struct runtime *runtime, uint64_t ns,
				 uintptr_t place);

#endif
