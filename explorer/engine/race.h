/*
 * Data races: two threads whose pending operations access the same bytes, at
 * least one of them writing, and not both atomically. Either could come first,
 * and nothing orders them: that is the state in which a race is seen.
 *
 * With every state visited this finds exactly the races of happens-before, as
 * long as the program synchronises by locks, semaphores, joins and
 * acquire-release atomics.
 */
#ifndef EXPLORER_ENGINE_RACE_H
#define EXPLORER_ENGINE_RACE_H

#include "engine/engine.h"

struct order;

/* Looks for races of an event of the log with those before it, by what is
 * synchronised: for searches that do not visit every state. */
void race_check_event(struct engine *engine, const struct order *order,
		      size_t event);

/* Looks for races of this thread's pending operation with those of others. */
void race_check(struct engine *engine, const struct thread *thread);

#endif
