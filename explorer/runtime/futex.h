/*
 * The futex system call: waiting while a word in memory has a value, and waking
 * those who do.
 *
 * A wait is two operations, as one for a condition variable: it looks at the
 * word and queues, unless the word has another value; and it returns, once it
 * has been woken, or because time is up or for no reason at all. Who waits is
 * part of the threads (waits_on, signalled), as with condition variables.
 *
 * To wake some of those who wait has a result for each choice of so many of
 * them, in the order of their slots. Where a wake has a mask that is not for
 * all, it wakes the first of those that it fits.
 */
#ifndef EXPLORER_RUNTIME_FUTEX_H
#define EXPLORER_RUNTIME_FUTEX_H

#include "runtime/deadline.h"
#include "runtime/runtime.h"

#define FUTEX_MASK_ALL UINT32_MAX

/* As the system call, errno included. */
ON_FIBER int futex_wait(struct runtime *runtime, const uint32_t *word,
			uint32_t value, uint32_t mask,
			const struct deadline *deadline, uintptr_t place);
ON_FIBER int futex_wake(struct runtime *runtime, const uint32_t *word,
			uint32_t count, uint32_t mask, uintptr_t place);

/* How many results a wake may have where so many threads wait. */
uint32_t futex_results(const struct operation *wake, uint32_t waiters);

#endif
