/* The environment, thrown away. */
#include <stdlib.h>
#include <unistd.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %d\n", when, environ != NULL && environ[0] != NULL);
	clearenv();
}
