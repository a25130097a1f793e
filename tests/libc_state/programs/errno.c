/* The last error. */
#include <errno.h>
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %d\n", when, errno);
	strtol("99999999999999999999999", NULL, 10);
	printf("%d\n", errno == ERANGE);
}
