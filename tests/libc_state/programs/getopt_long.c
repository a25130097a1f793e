/* Where getopt_long() stands, and that it speaks. */
#include <getopt.h>

#include "again.h"

static void use(const char *when)
{
	static const struct option options[] = {{"long", no_argument, NULL, 1},
						{NULL, 0, NULL, 0}};
	char *arguments[] = {"program", "--lon", "--bad", "rest", NULL};

	fflush(stdout);
	printf("%s %d", when, getopt_long(4, arguments, "", options, NULL));
	printf(" %d\n", optind);
}
