/* How many errors error() has spoken. */
#include <errno.h>
#include <error.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %u\n", when, error_message_count);
	fflush(stdout);
	program_invocation_name = (char[]){"program"};
	error(0, 0, "said %s", when);
}
