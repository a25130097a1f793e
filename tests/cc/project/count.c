/* The library. */
#include "count.h"

int x;

void increment(void)
{
	x += 1;
}
