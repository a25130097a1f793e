/* A stream that is memory. */
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	static FILE *stream;
	static char *text;
	static size_t length;

	if (stream == NULL)
		stream = open_memstream(&text, &length);
	fprintf(stream, "%s;", when);
	fflush(stream);
	printf("%s %zu\n", text, length);
}
