/* The one text for a number. */
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	static double number = 1.25;
	int point;
	int sign;
	char *text = ecvt(number, 5, &point, &sign);

	printf("%s %s", when, text);
	text[0] = '#';
	printf(" %s\n", fcvt(number *= 10, 3, &point, &sign));
}
