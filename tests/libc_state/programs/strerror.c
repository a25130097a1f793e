/* The one text for an unknown error. */
#include <string.h>

#include "again.h"

static void use(const char *when)
{
	static int number = 1000;
	char *text = strerror(number++);

	printf("%s %s\n", when, text);
	text[0] = '#';
}
