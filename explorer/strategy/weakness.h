/*
 * Operations by which threads learn of each other without being ordered.
 *
 * A search over states tells races by what is pending at a time (race.h). Two
 * accesses that a lock or a join keeps apart are no race, and are never pending
 * together. What keeps them apart, and orders nothing, makes a race that is
 * never pending on both sides:
 *
 *     T1: x = 1; pthread_cancel(T2);       T2: (cancelled) x = 2;
 */
#ifndef EXPLORER_STRATEGY_WEAKNESS_H
#define EXPLORER_STRATEGY_WEAKNESS_H

#include "engine/engine.h"

/* What a step tells without ordering. */
enum weakness {
	WEAKNESS_NONE = 0,
	WEAKNESS_TRIES = 1, /* that somebody has a mutex */
	WEAKNESS_OTHER = 2,
};

/* What the last step, which is that, does. */
enum weakness weakness_shows(const struct engine *engine,
			     const struct performed *performed);

#endif
