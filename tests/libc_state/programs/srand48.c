/* The numbers of drand48() from a seed. */
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	static long seed = 3;

	printf("%s %.6f\n", when, drand48());
	srand48(seed++);
}
