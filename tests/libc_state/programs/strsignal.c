/* The one text for an unknown signal. */
#include <string.h>

#include "again.h"

static void use(const char *when)
{
	static int number = 100;

	printf("%s %s\n", when, strsignal(number++));
}
