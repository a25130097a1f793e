/* The handlers that are given the status. */
#include <stdint.h>
#include <stdlib.h>

#include "again.h"

static void handler(int status, void *number)
{
	printf("handler %d %d\n", status, (int)(intptr_t)number);
}

static void use(const char *when)
{
	static int handlers;

	printf("%s\n", when);
	on_exit(handler, (void *)(intptr_t)++handlers);
}
