/* The numbers of drand48() and lrand48(). */
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %.6f %ld\n", when, drand48(), lrand48());
}
