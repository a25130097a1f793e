/* getopt() spoke before what is printed next. */
#include <unistd.h>

#include "again.h"

static void use(const char *when)
{
	char *arguments[] = {"program", "-x", "-y", "-z", NULL};

	printf("%s %d\n", when, getopt(4, arguments, "a"));
	fflush(stdout);
}
