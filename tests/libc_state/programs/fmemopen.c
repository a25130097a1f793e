/* A stream that reads memory. */
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	static char text[] = "abcdef";
	static FILE *stream;

	if (stream == NULL)
		stream = fmemopen(text, 6, "r");
	printf("%s %c\n", when, fgetc(stream));
}
