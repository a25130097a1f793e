/* The flags of floating point exceptions. */
#include <fenv.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %d\n", when, fetestexcept(FE_ALL_EXCEPT & ~FE_INEXACT) != 0);
	feraiseexcept(FE_OVERFLOW);
}
