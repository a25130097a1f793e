/* The one text that ctime() returns. */
#include <stdlib.h>
#include <time.h>

#include "again.h"

static void use(const char *when)
{
	const time_t moment = 1000000000;
	char *text;

	setenv("TZ", "UTC0", 1);
	text = ctime(&moment);
	printf("%s %s", when, text);
	text[0] = '#';
}
