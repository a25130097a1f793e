/* The place where strtok() goes on. */
#include <string.h>

#include "again.h"

static void use(const char *when)
{
	static char text[] = "one two three four five six";
	static int begun;
	char *word = strtok(begun++ ? NULL : text, " ");

	printf("%s %s\n", when, word);
}
