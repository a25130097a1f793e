/*
 * What creating and joining threads orders.
 *
 * A context is a thread together with its create-join clock: for each thread
 * how far it had come, as far as creates and joins alone tell. Two accesses in
 * contexts that are not ordered may happen in either order in some execution,
 * whatever locks say; that is what makes memory visible (touch.h).
 *
 * Contexts are interned and mean the same in all executions of a process, so a
 * number stands for one.
 */
#ifndef EXPLORER_RUNTIME_CONTEXT_H
#define EXPLORER_RUNTIME_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"

/* main's, until it creates a thread. All others know of it, so it is ordered
 * with each of them. */
#define CONTEXT_FIRST 0U

struct context;

struct contexts {
	struct context **at;
	size_t count;
	size_t capacity;
	struct map known; /* digest of a context -> its number + 1 */
	struct map moved; /* digest of (context, change) -> number + 1 */
};

void contexts_init(struct contexts *contexts);

/* The context of a new thread in `slot`, created in context `creator`. */
uint32_t contexts_create(struct contexts *contexts, uint32_t creator,
			 uint32_t slot);
/* The creator's own context after it has created a thread: what it does from
 * now on is not ordered before the new thread. */
uint32_t contexts_after_create(struct contexts *contexts, uint32_t creator);
/* The context of a thread in `context` after joining one that ended in
 * context `ended`. */
uint32_t contexts_join(struct contexts *contexts, uint32_t context,
		       uint32_t ended);

/* Whether what happens in context a is ordered with what happens in b, one way
 * or the other; true if both are of the same thread. */
bool contexts_ordered(const struct contexts *contexts, uint32_t a, uint32_t b);

#endif
