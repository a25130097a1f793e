/* Standard input without a buffer. */
#include <stdio.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s", when);
	setvbuf(stdin, NULL, _IONBF, 0);
	printf(" %d\n", getchar());
}
