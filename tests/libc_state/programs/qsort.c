/* Sorting what is too large for the stack. */
#include <stdlib.h>

#include "again.h"

static int by_number(const void *left, const void *right)
{
	return *(const int *)left - *(const int *)right;
}

static void use(const char *when)
{
	enum { COUNT = 5000 };
	static int numbers[COUNT];
	static unsigned seed = 1;

	for (int i = 0; i < COUNT; i++) {
		seed = seed * 1103515245 + 12345;
		numbers[i] = (int)(seed >> 16 & 0x7fff);
	}
	qsort(numbers, COUNT, sizeof(*numbers), by_number);
	printf("%s %d %d %d\n", when, numbers[0], numbers[COUNT / 2],
	       numbers[COUNT - 1]);
}
