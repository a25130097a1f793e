/*
 * Calls that POSIX leaves undefined, as far as they can be noticed: unlocking
 * what one does not hold, using what was destroyed ...
 *
 * Whoever performs an operation notices what is wrong with it, says so here,
 * and goes on as glibc would. The engine is told through the table that it has
 * handed down, and makes a finding of it.
 */
#ifndef EXPLORER_RUNTIME_MISUSE_H
#define EXPLORER_RUNTIME_MISUSE_H

#include "runtime/runtime.h"
#include "trace/misuse.h"

/* Of the operation that the running thread performs. */
ON_FIBER void misuse_see(struct runtime *runtime, enum misuse what);

/* The same, where another thread has to do with it: the one that holds the
 * object, say, and from where; THREADS_MAX if there is none. */
ON_FIBER void misuse_see_with(struct runtime *runtime, enum misuse what,
			      uint32_t other, uintptr_t other_place);

/* The same, where the other one is who holds the operation's object now. */
ON_FIBER void misuse_see_holder(struct runtime *runtime, enum misuse what);

/* Of an operation that was not announced. */
ON_FIBER void misuse_see_of(struct runtime *runtime, enum misuse what,
			    const struct operation *operation, uint32_t target);

#endif
