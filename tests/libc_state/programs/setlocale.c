/* The locale. */
#include <locale.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %s\n", when, setlocale(LC_ALL, NULL));
	setlocale(LC_ALL, "C.UTF-8");
}
