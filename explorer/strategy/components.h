/*
 * What states are made of: the parts that recur in state after state, numbered.
 *
 *     state   a component for each thread: its stack, registers and pending
 *             operation, as a digest
 *             the rest: all other memory and all other state, but for the
 *             values of visible memory
 *             those values
 *
 * States are many because parts combine; the parts are few (Holzmann, "State
 * Compression in SPIN: Recursive Indexing and Compression Training Runs",
 * 1997). What the search asks of two pending operations is known by their
 * numbers, too.
 */
#ifndef EXPLORER_STRATEGY_COMPONENTS_H
#define EXPLORER_STRATEGY_COMPONENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/map.h"
#include "engine/engine.h"

/* Those asleep, by their numbers, which stay as they are along a path. Of many
 * threads the later ones never sleep, which costs steps and loses nothing. */
typedef uint64_t sleeper_set;
#define SLEEPERS 64U

static inline sleeper_set sleeper_bit(uint32_t thread)
{
	return thread < SLEEPERS ? (sleeper_set)1 << thread : 0;
}

/* No number of a component, rest or operation. */
#define COMPONENT_NONE 0U

/* Of one thread. What is said of its pending operation holds wherever the
 * component recurs. */
struct component {
	struct digest digest;
	uint32_t operation; /* COMPONENT_NONE: nothing is pending */
	uint32_t granule;   /* of visible memory that it accesses; its number */
	uint8_t offset;	    /* of the bytes, within that */
	uint8_t bytes;	    /* 0: it is no access to so little memory */
	bool may_sleep;	    /* it has one result */
	bool is_access;	    /* so it is possible, with one result */
	bool takes;	    /* what it does depends on the bytes' value */
	bool is_detached;
};

/* Everything that is no thread's and no visible value. */
struct rest {
	struct digest sum; /* toggled with those of threads and values it makes
			      the state's */
	struct digest hidden; /* of what lies on one line with visible bytes */
};

/* What is known of two operations of different threads. */
enum pair_trait {
	PAIR_KNOWN = 1,
	PAIR_CONFLICTS = 2,
	PAIR_IS_NEWS = 4, /* they race, and nobody has seen it yet */
	/* One accesses memory that the other waits at: whether that is possible
	 * may depend on it. */
	PAIR_MEETS = 8,
};

/* So many operations are told apart: beyond, none has a number. */
#define COMPONENT_OPERATIONS 1024U

/* Zeroed is valid and empty. */
struct components {
	struct component *at;
	size_t count;
	size_t capacity;
	struct rest *rests;
	size_t rest_count;
	size_t rest_capacity;
	struct map known; /* digest -> number */
	struct map rests_known;
	struct operation *operations;
	size_t operation_count;
	struct map operations_known;
	uint8_t *pairs; /* COMPONENT_OPERATIONS squared */
};

void components_fini(struct components *components);

/* The number of a thread's component with that digest; COMPONENT_NONE if it
 * cannot have one. `may_sleep`: with what it has pending. */
uint32_t components_put(struct components *components, struct digest digest,
			const struct thread *thread, bool may_sleep);
/* The same of anything else that is known by its digest. */
uint32_t components_put_number(struct components *components,
			       struct digest digest);
uint32_t components_put_rest(struct components *components,
			     const struct rest *rest);

/* Finds out about two operations. */
uint8_t components_learn_pair(struct components *components, uint32_t a,
			      uint32_t b, bool no_races);
/* Their race has been seen. */
void components_see_pair(struct components *components, uint32_t a, uint32_t b);

/* A set of enum pair_trait; nothing of what is not pending. */
static inline unsigned components_pair(struct components *components,
				       uint32_t a, uint32_t b, bool no_races)
{
	uint8_t known;

	if (a == COMPONENT_NONE || b == COMPONENT_NONE)
		return 0;
	known = components->pairs[(size_t)a * COMPONENT_OPERATIONS + b];
	return known ? known
		     : components_learn_pair(components, a, b, no_races);
}

uint64_t components_bytes(const struct components *components);

#endif
