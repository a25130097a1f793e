/* The character set of the locale. */
#include <langinfo.h>
#include <locale.h>

#include "again.h"

static void use(const char *when)
{
	printf("%s %s\n", when, nl_langinfo(CODESET));
	setlocale(LC_CTYPE, "C.UTF-8");
}
