/*
 * Steps that are known.
 *
 * What a step of a thread does depends on little of the state: on the thread's
 * own component, on the rest, and on the value that its operation reads. So the
 * same step is made in a great many states, and need be run in one of them only
 * (a cache of local transitions: Blom, van de Pol, Weber, "LTSmin: Distributed
 * and Symbolic Reachability", CAV 2010).
 *
 * A step with which a thread ends may let others go on that wait for that, and
 * how far depends on who else has ended. Such a step is joint: it is known by
 * the components of all threads that are about to access nothing, as well.
 */
#ifndef EXPLORER_STRATEGY_LOCAL_STEPS_H
#define EXPLORER_STRATEGY_LOCAL_STEPS_H

#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"

struct local_step {
	/* Where it is made: components by number, and the bytes that it
	 * accesses if what it does depends on them, else 0. */
	uint32_t component; /* 0: a free place */
	uint32_t rest;
	uint64_t taken;
	uint32_t among; /* the others, if it is joint: components.h */
	/* What is there behind it. 0: the step is joint, look there. */
	uint32_t next;
	uint32_t rest_next;
	uint32_t other_count;
	uint64_t put;
	/* What the components' digests have changed by. */
	struct digest change;
	/* Joint: the others that have changed, local_steps.others[]. */
	size_t other_first;
};

/* A thread by its slot, and what it then is. */
struct local_step_other {
	uint32_t slot;
	uint32_t component;
};

/* Zeroed is valid and empty. Invariant: capacity is 0 or a power of two, at
 * least twice the count. */
struct local_steps {
	struct local_step *at;
	size_t count;
	size_t capacity;
	struct local_step_other *others;
	size_t other_count;
	size_t other_capacity;
};

void local_steps_fini(struct local_steps *steps);

static inline size_t local_steps_place(uint32_t component, uint32_t rest,
				       uint64_t taken, uint32_t among)
{
	return hash_mix((uint64_t)component << 32 | rest,
			taken + ((uint64_t)among << 40));
}

/* NULL if it is not known. Valid until the next one is added. */
static inline const struct local_step *
local_steps_find(const struct local_steps *steps, uint32_t component,
		 uint32_t rest, uint64_t taken, uint32_t among)
{
	size_t mask = steps->capacity - 1;

	if (steps->count == 0)
		return NULL;
	for (size_t i = local_steps_place(component, rest, taken, among) & mask;
	     ; i = (i + 1) & mask) {
		const struct local_step *step = &steps->at[i];

		if (step->component == component && step->rest == rest &&
		    step->taken == taken && step->among == among)
			return step;
		if (step->component == 0)
			return NULL;
	}
}

/* Adds one that is not there; and another thread that the joint step to be
 * added next changes. */
void local_steps_add(struct local_steps *steps, const struct local_step *step);
void local_steps_add_other(struct local_steps *steps, uint32_t slot,
			   uint32_t component);

#endif
