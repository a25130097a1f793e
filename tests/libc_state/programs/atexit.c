/* The handlers that exit() will run. */
#include <stdlib.h>

#include "again.h"

static void handler(void)
{
	static int calls;

	printf("handler %d\n", ++calls);
}

static void use(const char *when)
{
	printf("%s\n", when);
	atexit(handler);
}
