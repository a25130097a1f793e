/*
 * A small seeded generator of random numbers (xoshiro256**, seeded through
 * splitmix64; Blackman and Vigna, "Scrambled Linear Pseudorandom Number
 * Generators", TOMS 2021).
 *
 * It is our own because "this seed gives this schedule" is part of what we
 * promise, on every machine and in every version.
 */
#ifndef EXPLORER_BASE_RANDOM_H
#define EXPLORER_BASE_RANDOM_H

#include <stdint.h>

struct random {
	uint64_t state[4];
};

static inline uint64_t random_rotate(uint64_t x, unsigned bits)
{
	return x << bits | x >> (64 - bits);
}

void random_seed(struct random *random, uint64_t seed);
static inline uint64_t random_next(struct random *random)
{
	uint64_t *s = random->state;
	uint64_t result = random_rotate(s[1] * 5, 7) * 9;
	uint64_t shifted = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= shifted;
	s[3] = random_rotate(s[3], 45);
	return result;
}

/*
 * A number in 0 .. bound-1; bound > 0.
 *
 * The high half of (32 random bits) * bound is uniform once the products whose
 * low half falls below 2^32 mod bound are drawn again (Lemire, "Fast Random
 * Integer Generation in an Interval", TOMACS 2019).
 */
static inline uint32_t random_below(struct random *random, uint32_t bound)
{
	uint64_t product = (random_next(random) >> 32) * bound;

	if ((uint32_t)product < bound) {
		uint32_t unfair = (uint32_t)-bound % bound;

		while ((uint32_t)product < unfair)
			product = (random_next(random) >> 32) * bound;
	}
	return (uint32_t)(product >> 32);
}

/* The same as random_below(random, 2). */
static inline uint32_t random_bit(struct random *random)
{
	return (uint32_t)(random_next(random) >> 63);
}

/* The seed of run number `run` of a sample that was given `seed`: runs can be
 * split over processes and replayed alone. */
uint64_t random_run_seed(uint64_t seed, uint64_t run);

#endif
