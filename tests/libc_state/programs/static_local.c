/* Variables of our own, of course. */
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	static int calls;
	static int *block;

	if (block == NULL)
		block = calloc(1, sizeof(*block));
	printf("%s %d %d\n", when, ++calls, ++*block);
}
