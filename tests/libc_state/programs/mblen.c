/* The shift state of multibyte characters. */
#include <locale.h>
#include <stdlib.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %d %d", when, mblen(NULL, 0), mblen("\xc3", 1));
	setlocale(LC_CTYPE, "C.UTF-8");
	printf(" %d\n", mblen("\xc3\xa4", 2));
}
