/* How standard output is buffered. */
#include <stdio.h>

#include "again.h"

static void use(const char *when)
{
	static char buffer[16];

	printf("%s text", when);
	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	printf(" that is longer than the buffer\n");
}
