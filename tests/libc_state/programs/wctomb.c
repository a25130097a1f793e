/* Wide characters made into bytes. */
#include <locale.h>
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	char bytes[16] = {0};

	printf("%s %d", when, wctomb(bytes, 228));
	setlocale(LC_CTYPE, "C.UTF-8");
	printf(" %d\n", wctomb(bytes, 228));
}
