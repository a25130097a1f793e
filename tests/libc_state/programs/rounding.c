/* How floating point numbers are rounded. */
#include <fenv.h>

#include "again.h"

static void use(const char *when)
{
	volatile double one = 1;

	printf("%s %d %.20f\n", when, fegetround() == FE_TONEAREST, one / 3);
	fesetround(FE_UPWARD);
	printf("%.20f\n", one / 3);
}
