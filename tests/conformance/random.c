/*
 * Random numbers, which start afresh in each execution and then are those of
 * glibc.
 */
#include "check.h"

#include <stdlib.h>

static void seeded(void)
{
	unsigned own = 7;

	CHECK_VALUE(rand());
	CHECK_VALUE(random());
	srand(5);
	CHECK_VALUE(rand());
	CHECK_VALUE(rand());
	srandom(5);
	CHECK_VALUE(random());
	CHECK_VALUE(rand_r(&own));
	CHECK_VALUE(own);
}

static void forty_eight_bits(void)
{
	unsigned short state[3] = {1, 2, 3};

	srand48(9);
	CHECK_VALUE(lrand48());
	CHECK_VALUE(mrand48());
	CHECK_VALUE(drand48() * 1000000);
	CHECK_VALUE(nrand48(state));
	CHECK_VALUE(erand48(state) * 1000000);
}

int main(void)
{
	seeded();
	forty_eight_bits();
	return 0;
}
