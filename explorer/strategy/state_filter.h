/*
 * States seen, in a few bits each: a Bloom filter (CACM 1970), for when memory
 * is full. What was added is known for ever; what was not may seem to have
 * been, and such a state is then missed.
 */
#ifndef EXPLORER_STRATEGY_STATE_FILTER_H
#define EXPLORER_STRATEGY_STATE_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"

struct state_filter {
	uint64_t *words; /* NULL: not in use */
	size_t bytes;
	uint64_t set;	 /* bits */
	uint64_t count;	 /* of states */
	double mistaken; /* how many were, as far as can be expected */
};

void state_filter_init(struct state_filter *filter, size_t bytes);
void state_filter_fini(struct state_filter *filter);

/* Adds the state; returns whether it is new, as far as the filter knows. */
bool state_filter_add(struct state_filter *filter, struct digest digest);

/* How likely it is that a state was missed. */
double state_filter_risk(const struct state_filter *filter);

#endif
