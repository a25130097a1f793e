/*
 * Data races by happens-before, in every execution.
 *
 * The problem: two accesses race if nothing orders them, whether or not they
 * are ever about to be made at the same moment. Comparing every access with all
 * before it takes too long for a search of millions of executions.
 *
 * The idea is FastTrack's (Flanagan, Freund: FastTrack, PLDI 2009): a thread
 * has a vector clock, but of an access it is enough to keep the *epoch*, the
 * thread and how manieth of its events it was; later ones know of it if their
 * thread's clock has come that far. What is ordered is what order.h calls
 * synchronised.
 *
 *     FastTrack            here
 *     C_t                  the thread's vector `synchronised`
 *     L_m                  the vector of an object
 *     R_x, W_x: epochs     a list of cells for each granule of visible memory
 *
 * Where this departs from the paper: cells are kept for each place in the code
 * as well, since all pairs of places are to be found, not the first one; and
 * whatever is changed can be undone, since executions share their beginnings.
 * Of accesses that are alike, with nothing synchronised in between, only the
 * first is compared with others, FastTrack's same epoch: whatever else is done
 * in that time is compared with it, and the pair of places is the same.
 * An execution is looked at when it ends, its shared beginning not again, and
 * not at all if its races are known (epoch_memo.h).
 */
#ifndef EXPLORER_ENGINE_EPOCH_H
#define EXPLORER_ENGINE_EPOCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "engine/epoch_memo.h"

struct engine;

/* The last access of its kind: by this thread, from this place, to these bytes
 * of the granule. */
struct epoch_cell {
	uintptr_t place;
	uint32_t clock; /* of the thread: how manieth of its events */
	uint32_t event;
	uint32_t granule; /* its number */
	uint32_t next;	  /* of the granule; 0: none */
	uint16_t thread;
	uint8_t mask;
	uint8_t op;
	uint32_t stamp; /* epochs.stamp when it was compared with all others */
};

#define EPOCH_RECENT EPOCH_CLASSES

/* What an atomic variable hands on to who reads it. */
struct epoch_atomic {
	uintptr_t address;
	uint32_t bytes;
	uint32_t vector;
	uint32_t next; /* of the granule; 0: none */
};

/* An object that synchronises, of those that were asked for lately. */
struct epoch_object {
	uint64_t key; /* as in the map of them; 0: none */
	uint32_t vector;
};
#define EPOCH_LATELY 16U

/* A race that was found when this event was taken in. */
struct epoch_race {
	size_t event;
	uint32_t finding;
};

struct epoch_granule {
	uint32_t cells;
	uint32_t atomics;
};

/* What a change was before. */
struct epoch_change {
	uint32_t kind;
	uint32_t index;
	uint32_t clock;
	uint32_t event;
	uint32_t stamp; /* of a cell */
};

/* What an event has changed, in this order: what the creates and joins before
 * it did, in `changes` from the first number on; its thread has one event more;
 * whatever else is in `changes` from the second number on; and perhaps a cell
 * is about this event now. */
struct epoch_event {
	size_t silent_changes;
	size_t changes;
	uint32_t vector; /* the thread's */
	uint32_t thread;
	uint32_t stamp; /* what epochs.stamp was */
	uint32_t cell;	/* 0: none; what it was follows */
	uint32_t cell_clock;
	uint32_t cell_event;
	uint32_t cell_stamp;
};

/*
 * Invariants:
 * 1. The state is that after the first `done` events of the engine's log, of
 *    which `valid` are still in it.
 * 2. If noted, events[i] is what event i has changed.
 * 3. Vectors have `stride` entries, as many as there are threads or more.
 * 4. saved has the entries of each vector that a change kept, in order.
 */
struct epochs {
	bool off; /* the strategy sees to it by itself */
	bool fenced;
	bool rewinds; /* the search goes back to the middle of executions */
	bool noted;   /* all changes are */
	/* Another one whenever any thread may know more; undone like the rest.
	 */
	uint32_t stamp;
	uint32_t stride;
	size_t done;
	size_t valid;

	uint32_t *vectors;
	size_t vectors_capacity;
	uint32_t vector_count;
	uint32_t *threads; /* the first vector of each: see epoch.c */
	size_t threads_capacity;
	uint32_t thread_count;
	uint32_t silent_done; /* creates and joins */

	struct epoch_cell *cells; /* [0] is none */
	size_t cells_capacity;
	uint32_t cell_count;
	uint32_t recent[EPOCH_RECENT]; /* cells touched lately, or 0 */
	struct epoch_atomic *atomics;  /* [0] is none */
	size_t atomics_capacity;
	uint32_t atomic_count;
	struct epoch_granule *granules; /* by the granule's number */
	size_t granules_capacity;
	uint32_t granule_count;
	struct map objects; /* object -> vector */
	struct epoch_object lately[EPOCH_LATELY];

	struct epoch_change *changes;
	size_t changes_capacity;
	size_t change_count;
	uint32_t *saved;
	size_t saved_capacity;
	size_t saved_count;
	uint32_t *kept; /* an event's vector that is kept + 1, or 0 */
	size_t kept_capacity;
	bool keeps; /* any */
	struct epoch_event *events;
	size_t events_capacity;
	struct epoch_race *races; /* in the order of events */
	size_t races_capacity;
	size_t race_count;
	struct epoch_memo memo;
};

/* The events from `depth` on are about to be replaced by others. */
static inline void epochs_rewind(struct epochs *epochs, size_t depth)
{
	epochs->rewinds |= depth > 0;
	if (epochs->valid > depth)
		epochs->valid = depth;
	epoch_memo_rewind(&epochs->memo, depth);
}

/* Forgets everything: which memory is visible may change. */
void epochs_forget(struct epochs *epochs);

/* Looks for races of all events of the log that have not been looked at. */
void epochs_follow(struct engine *engine);

#endif
