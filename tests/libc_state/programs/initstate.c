/* A state of random() that is ours. */
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	static char state[64];

	printf("%s %ld\n", when, random());
	initstate(5, state, sizeof(state));
}
