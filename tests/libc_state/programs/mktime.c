/* The parts of a time, put in order. */
#include <stdlib.h>
#include <time.h>

#include "again.h"

static void use(const char *when)
{
	struct tm parts = {.tm_year = 100, .tm_mon = 13, .tm_mday = 1};

	setenv("TZ", "ABC3", 1);
	printf("%s %ld\n", when, (long)mktime(&parts));
	setenv("TZ", "DEF-9", 1);
	parts = (struct tm){.tm_year = 100, .tm_mon = 13, .tm_mday = 1};
	printf("%ld\n", (long)mktime(&parts));
}
