/* The numbers of random(). */
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %ld %ld\n", when, random(), random());
}
