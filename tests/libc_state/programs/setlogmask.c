/* Which messages go to the log. */
#include <syslog.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %d\n", when, setlogmask(1));
}
