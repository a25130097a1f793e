/*
 * Handlers of quick_exit(): the last one first, and those of exit() not at all.
 */
#include "check.h"

#include <stdlib.h>

static void one(void)
{
	CHECK_VALUE(1);
	fflush(stdout);
}

static void two(void)
{
	CHECK_VALUE(2);
	/* Registered on the way, it comes next. */
	CHECK_VALUE(at_quick_exit(one));
}

static void never(void)
{
	CHECK_VALUE(3);
	fflush(stdout);
}

int main(void)
{
	CHECK_VALUE(atexit(never));
	CHECK_VALUE(at_quick_exit(one));
	CHECK_VALUE(at_quick_exit(two));
	quick_exit(0);
}
