/* The one struct that gmtime() returns. */
#include <time.h>

#include "again.h"

static void use(const char *when)
{
	static struct tm *last;
	const time_t moment = 1000000000;

	printf("%s %d\n", when, last == NULL ? -1 : last->tm_year);
	last = gmtime(&moment);
	printf("%d\n", last->tm_year);
	last->tm_year = 7;
}
