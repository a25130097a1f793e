/* Warnings, spoken at once. */
#include <err.h>
#include <errno.h>

#include "again.h"

static void use(const char *when)
{
	program_invocation_short_name = (char[]){"program"};
	printf("%s\n", when);
	fflush(stdout);
	errno = ENOENT;
	warn("%s: %m", when);
	warn(NULL);
	warnx("%d", 1);
}
