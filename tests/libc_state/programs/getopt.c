/* Where getopt() stands. */
#include <getopt.h>

#include "again.h"

static void use(const char *when)
{
	char *arguments[] = {"program", "-a", "-b", "value", "-ab", "w", NULL};
	int option = getopt(6, arguments, "ab:");

	printf("%s %c %d\n", when, option, optind);
}
