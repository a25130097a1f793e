/* A character put back into standard input. */
#include <stdio.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %d", when, getchar());
	ungetc('z', stdin);
	printf(" %d\n", getchar());
}
