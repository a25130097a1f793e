/* The numbers of rand() from a seed. */
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	static unsigned seed = 3;

	printf("%s %d\n", when, rand());
	srand(seed++);
}
