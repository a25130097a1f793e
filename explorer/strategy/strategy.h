/*
 * What a search is: an algorithm over the transition system.
 *
 * A strategy never looks at what operations do. It runs for a while and
 * returns, between two executions; what it then is can be saved as bytes and
 * loaded in another process, which goes on from there.
 */
#ifndef EXPLORER_STRATEGY_STRATEGY_H
#define EXPLORER_STRATEGY_STRATEGY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "engine/engine.h"
#include "strategy/estimate.h"

/* How far a schedule may stray: bound.h. Zeroed is no bound. */
enum bound_kind { BOUND_NONE, BOUND_PREEMPTIONS, BOUND_DELAYS };
struct bound {
	enum bound_kind kind;
	uint32_t most;
};

/* What the user asked for, as far as strategies care. */
struct find_state;
struct strategy_options {
	struct bound bound;
	uint64_t runs;
	uint64_t seed;
	/* Reduction runs one order of each class. 0: who moved last goes on
	 * where it may; else whoever is drawn by this number. */
	uint64_t preference;
	unsigned states;	/* set of enum states_flag */
	uint64_t states_memory; /* bytes; 0: any */
	/* Ends the search at the first state that is so; NULL: any may come. */
	const struct find_state *query;
};

struct strategy {
	const char *name;
	/* It looks for races by what is synchronised in each execution. */
	bool finds_races;
	/* A new search, owned by the caller until delete(). The options outlive
	 * it. */
	void *(*new)(const struct strategy_options *options);
	void (*delete)(void *self);
	/* Starts over: the next run() begins with the first execution. */
	void (*restart)(void *self);
	/* Runs executions until at least `steps` more steps were made or
	 * engine_wants_pause(). Returns true when there is nothing left to do.
	 */
	bool (*run)(void *self, struct engine *engine, uint64_t steps);
	/* How much of the search is done: 0 to 1; negative if unknown. */
	double (*fraction)(const void *self);
	/* How many executions it will be in all; NULL if it never knows. */
	struct estimate (*estimate)(const void *self);
	/* The search as bytes, and back into a new one: the next run() goes on
	 * where the saved one stood. A malformed save sets reader->failed. */
	void (*save)(const void *self, struct buffer *buffer);
	void (*load)(void *self, struct reader *reader);
};

extern const struct strategy strategy_dfs;
extern const struct strategy strategy_dpor;
extern const struct strategy strategy_source_dpor;
extern const struct strategy strategy_random;
extern const struct strategy strategy_states;

/* What dpor is if there is a bound. */
extern const struct strategy strategy_bounded_dpor;

/* The strategy of that name for these options; NULL if there is none. */
const struct strategy *strategy_for(const char *name,
				    const struct strategy_options *options);

#endif
