/* The one text that asctime() returns. */
#include <time.h>

#include "again.h"

static void use(const char *when)
{
	static char *last;
	const struct tm parts = {.tm_year = 100, .tm_mday = 2};

	printf("%s %.3s", when, last == NULL ? "???" : last);
	last = asctime(&parts);
	printf(" %s", last);
	last[0] = '#';
}
