/* Where error_at_line() has spoken last. */
#include <errno.h>
#include <error.h>

#include "again.h"

static void use(const char *when)
{
	program_invocation_name = (char[]){"program"};
	printf("%s %u\n", when, error_message_count);
	fflush(stdout);
	error_one_per_line = 1;
	error_at_line(0, ENOENT, "file", 1, "said %s", when);
	error_at_line(1, ENOENT, "file", 1, "said %s again", when);
}
