/* An error, spoken. */
#include <errno.h>
#include <string.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s\n", when);
	fflush(stdout);
	errno = ENOENT;
	perror("said");
}
