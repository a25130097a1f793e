/* Standard input by the system call. */
#include <unistd.h>

#include "again.h"

static void use(const char *when)
{
	char bytes[4] = {0};
	const long count = (long)read(0, bytes, 3);

	printf("%s %ld %s\n", when, count, bytes);
}
