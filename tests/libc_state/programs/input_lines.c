/* Lines of standard input. */
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	static char *line;
	static size_t capacity;
	const long length = getline(&line, &capacity, stdin);

	printf("%s %ld %s", when, length, length > 0 ? line : "end\n");
}
