/* Standard output, closed. */
#include <string.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s\n", when);
	if (strcmp(when, "again") == 0)
		fprintf(stderr, "%d\n", fclose(stdout));
}
