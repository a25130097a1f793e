/* The environment, grown. */
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %s\n", when, getenv("GROWN") ? getenv("GROWN") : "unset");
	setenv("GROWN", when, 1);
}
