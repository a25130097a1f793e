/* The numbers of rand(). */
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %d %d\n", when, rand(), rand());
}
