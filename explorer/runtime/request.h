/*
 * What a program asks of the search itself: <explorer.h>.
 */
#ifndef EXPLORER_RUNTIME_REQUEST_H
#define EXPLORER_RUNTIME_REQUEST_H

#include "runtime/runtime.h"

/* One of 0 ... count - 1. */
ON_FIBER uint32_t request_choose(struct runtime *runtime, uint32_t count,
				 uintptr_t place);

/* Drops this execution. */
ON_FIBER _Noreturn void request_drop(struct runtime *runtime, uintptr_t place);

/*
 * An atomic section. Its beginning is one operation, which conflicts with
 * everything; accesses to memory and the like within it are announced no more,
 * but belong to that. What is not like that (a lock, a wait) is announced as
 * ever, and what comes after it is a section of its own.
 */
ON_FIBER void request_atomic_begin(struct runtime *runtime, uintptr_t place);
void request_atomic_end(struct runtime *runtime);

#endif
