/* The one text for a number to base 64. */
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	static long number = 123456;

	printf("%s %s\n", when, l64a(number++));
}
