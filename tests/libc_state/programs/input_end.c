/* That standard input has ended, and is asked again. */
#include <stdio.h>

#include "again.h"

static void use(const char *when)
{
	int count = 0;

	printf("%s %d", when, feof(stdin));
	while (getchar() != EOF)
		count++;
	printf(" %d %d\n", count, feof(stdin));
}
