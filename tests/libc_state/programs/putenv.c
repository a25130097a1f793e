/* The environment, with a string of our own in it. */
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	static char entry[] = "OWN=a";

	printf("%s %s\n", when, getenv("OWN") ? getenv("OWN") : "unset");
	putenv(entry);
	entry[4]++;
}
