/*
 * Named semaphores, within the process: each execution begins with none.
 *
 * They lie at a fixed place, by their names: a name has a bucket, with room for
 * a few semaphores, those that were unlinked and are still open included. So a
 * semaphore's address is, but for that, the same in every execution, whoever
 * opens it first; which of those in a bucket comes first depends on the order
 * in which they are opened and unlinked, and these operations conflict.
 *
 *     LAYOUT_NAMED    bucket 0: entry entry ... | bucket 1: ... | ...
 *
 * To find a name changes nothing; to create or to unlink one does. Like keys of
 * thread-specific data, buckets are learned (thing.h): most programs open all
 * their semaphores before they have threads.
 */
#ifndef EXPLORER_RUNTIME_SEMAPHORE_NAMED_H
#define EXPLORER_RUNTIME_SEMAPHORE_NAMED_H

#include <semaphore.h>

#include "runtime/runtime.h"

/* To be called once, before the program's first allocation. */
void semaphore_named_init(struct runtime *runtime);

/* As sem_open() and so on; `value` counts where `flags` ask to create. */
ON_FIBER sem_t *semaphore_open(struct runtime *runtime, const char *name,
			       int flags, unsigned value, uintptr_t place);
ON_FIBER int semaphore_close(struct runtime *runtime, sem_t *semaphore,
			     uintptr_t place);
ON_FIBER int semaphore_unlink(struct runtime *runtime, const char *name,
			      uintptr_t place);

/* The name of the semaphore at an address, without its slash; NULL if there is
 * none. */
const char *semaphore_name(uintptr_t address);

#endif
