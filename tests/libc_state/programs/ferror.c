/* That a stream has failed. */
#include <stdio.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %d", when, ferror(stdin));
	fputs("nothing", stdin);
	printf(" %d\n", ferror(stdin));
}
