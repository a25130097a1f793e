/*
 * explorer/base/random.c
 */
#include "base/random.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/* The first numbers that the authors' own program gives for this state. */
Test(random, is_the_published_generator)
{
	static const uint64_t expected[] = {11520U, 0U, 1509978240U,
					    1215971899390074240U};
	struct random random = {{1, 2, 3, 4}};

	for (unsigned i = 0; i < 4; i++)
		cr_assert(eq(u64, random_next(&random), expected[i]));
}

/* The published first numbers of splitmix64 for seed 0. */
Test(random, is_seeded_through_splitmix64)
{
	static const uint64_t expected[] = {
		0xe220a8397b1dcdafU, 0x6e789e6aa1b965f4U, 0x06c45d188009454fU,
		0xf88bb8a8724c81ecU};
	struct random random;

	random_seed(&random, 0);
	for (unsigned i = 0; i < 4; i++)
		cr_assert(eq(u64, random.state[i], expected[i]));
}

Test(random, draws_every_number_below_a_bound_alike)
{
	struct random random;
	unsigned drawn[7] = {0};

	random_seed(&random, 42);
	for (unsigned i = 0; i < 70000; i++) {
		uint32_t number = random_below(&random, 7);

		cr_assert(lt(u32, number, 7));
		drawn[number]++;
	}
	for (unsigned i = 0; i < 7; i++)
		cr_assert(drawn[i] > 9500 && drawn[i] < 10500);
}

/* Two thirds of the range: taking a remainder would draw the lower half of the
 * numbers twice as often as the upper one. */
Test(random, is_fair_for_large_bounds)
{
	struct random random;
	uint32_t bound = 0xaaaaaaaaU;
	unsigned low = 0;

	random_seed(&random, 1);
	for (unsigned i = 0; i < 10000; i++)
		low += random_below(&random, bound) < bound / 2;
	cr_assert(low > 4800 && low < 5200);
}

Test(random, below_one_is_zero)
{
	struct random random;

	random_seed(&random, 3);
	for (unsigned i = 0; i < 100; i++)
		cr_assert(eq(u32, random_below(&random, 1), 0));
}

/* These stand in traces and in people's notes: they may never change. */
Test(random, run_seeds_are_as_promised)
{
	cr_assert(eq(u64, random_run_seed(1, 0), 0x42d30092dcd06d20U));
	cr_assert(eq(u64, random_run_seed(1, 1), 0x5942ffbab1c31c75U));
	cr_assert(eq(u64, random_run_seed(2, 0), 0x2efa04c3c73d887dU));
}

Test(random, runs_of_neighbouring_seeds_differ)
{
	for (uint64_t a = 0; a < 20; a++) {
		uint64_t seed = random_run_seed(1, a);

		for (uint64_t b = 0; b < 20; b++) {
			if (a != b)
				cr_assert(ne(u64, random_run_seed(1, b), seed));
			cr_assert(ne(u64, random_run_seed(2, b), seed));
		}
	}
}
