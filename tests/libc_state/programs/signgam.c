/* The sign that lgamma() leaves. */
#include <math.h>

#include "again.h"

static void use(const char *when)
{
	volatile double number = -0.5;

	printf("%s %d", when, signgam);
	printf(" %d", lgamma(number) > 0);
	printf(" %d\n", signgam);
}
