/*
 * xoshiro256** and splitmix64, after Blackman and Vigna's description.
 */
#include "base/random.h"

#include "base/hash.h"

void random_seed(struct random *random, uint64_t seed)
{
	/* The n-th number of splitmix64 is the finaliser of seed + n * phi; as
	 * no two of them are equal, the state cannot be all zero. */
	for (unsigned i = 0; i < 4; i++) {
		seed += 0x9e3779b97f4a7c15U;
		random->state[i] = hash_mix(seed, 0);
	}
}

uint64_t random_run_seed(uint64_t seed, uint64_t run)
{
	/* Mixed twice, so that run r of seed s is not run r - 1 of another. */
	return hash_mix(hash_mix(seed, 1), run + 1);
}
