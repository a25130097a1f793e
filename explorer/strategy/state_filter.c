/*
 * The filter of states. See state_filter.h.
 */
#include "strategy/state_filter.h"

#include "base/memory.h"

/* Bits for each state. */
#define PROBES 3U

void state_filter_init(struct state_filter *filter, size_t bytes)
{
	*filter = (struct state_filter){.words = memory_new(bytes),
					.bytes = bytes};
}

void state_filter_fini(struct state_filter *filter)
{
	memory_free(filter->words, filter->bytes);
	*filter = (struct state_filter){0};
}

/* The chance that a state which was not added seems to have been. */
static double chance(const struct state_filter *filter)
{
	double share = (double)filter->set / (8 * (double)filter->bytes);
	double chance = 1;

	for (unsigned i = 0; i < PROBES; i++)
		chance *= share;
	return chance;
}

bool state_filter_add(struct state_filter *filter, struct digest digest)
{
	uint64_t bits = (uint64_t)filter->bytes * 8;
	double mistake = chance(filter);
	bool is_new = false;

	for (unsigned i = 0; i < PROBES; i++) {
		uint64_t bit = hash_mix(digest.low + i, digest.high) % bits;
		uint64_t *word = &filter->words[bit / 64];
		uint64_t mask = (uint64_t)1 << bit % 64;

		if (*word & mask)
			continue;
		*word |= mask;
		filter->set++;
		is_new = true;
	}
	filter->count += is_new;
	/* For each that is seen to be new, some were not. */
	if (is_new)
		filter->mistaken += mistake / (1 - mistake);
	return is_new;
}

/* 1 - exp(-mistaken): by its first terms, as libm is not to be had. */
double state_filter_risk(const struct state_filter *filter)
{
	double term = 1;
	double none = 1;

	if (filter->mistaken > 20)
		return 1;
	/* exp(-x) = 1 / exp(x), whose terms are all positive. */
	for (unsigned i = 1; i < 100; i++) {
		term *= filter->mistaken / i;
		none += term;
	}
	return 1 - 1 / none;
}
