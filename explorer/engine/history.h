/*
 * What became of each write: which write a read sees, and which updates are
 * lost.
 *
 *     A: read x
 *                    B: write x
 *     A: write x                     B's write is overwritten unseen
 *
 * A plain write of A loses an update if another thread wrote some of its bytes
 * since A's last read of them. An execution's operations are given one by one,
 * in order; nothing is kept from one execution to the next.
 */
#ifndef EXPLORER_ENGINE_HISTORY_H
#define EXPLORER_ENGINE_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/runtime.h"

struct granule_history;

struct history {
	const struct visible *visible;
	struct granule_history *at; /* by number of the granule */
	size_t capacity;
	uint64_t execution; /* entries of earlier ones count as empty */
	/* How many of the first steps it takes to lose an update, as far as is
	 * known; 0: it is not. */
	size_t lost_by;
};

/* What an operation turned out to be. */
struct verdict_of_access {
	uint64_t reads_from; /* step of the write that it sees; EVENT_NONE */
	bool lost_update;
};

/* Forgets everything: a new execution begins. Memory that is not visible is
 * not followed. */
void history_begin(struct history *history, const struct visible *visible);

struct performed;

/* The next access, at position `step`. */
struct verdict_of_access history_add(struct history *history,
				     const struct performed *performed,
				     uint64_t step);

/* Whether any of these steps, the first of an execution, loses an update. To
 * be called right after history_begin(). */
bool history_loses_update(struct history *history, const struct performed *log,
			  size_t count);

/* The steps from `count` on are about to be replaced by others. */
static inline void history_rewind(struct history *history, size_t count)
{
	if (history->lost_by > count)
		history->lost_by = 0;
}

#endif
