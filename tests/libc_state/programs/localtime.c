/* The time zone, which is read once. */
#include <stdlib.h>
#include <time.h>

#include "again.h"

static void use(const char *when)
{
	const time_t moment = 86400 * 365;
	struct tm *parts = localtime(&moment);

	printf("%s %d:%02d %s\n", when, parts->tm_hour, parts->tm_min,
	       tzname[0]);
	setenv("TZ", "XYZ-5:30", 1);
	tzset();
}
