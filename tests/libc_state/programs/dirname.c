/* The parts of a path, cut in place. */
#include <libgen.h>

#include "again.h"

static void use(const char *when)
{
	static char path[] = "/usr/lib/some/where";

	printf("%s %s", when, basename(path));
	printf(" %s\n", dirname(path));
}
