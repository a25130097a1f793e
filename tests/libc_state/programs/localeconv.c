/* What the locale says of numbers. */
#include <limits.h>
#include <locale.h>

#include "again.h"

static void use(const char *when)
{
	struct lconv *conventions = localeconv();

	printf("%s [%s] [%s] %d\n", when, conventions->decimal_point,
	       conventions->thousands_sep,
	       conventions->frac_digits == CHAR_MAX);
	setlocale(LC_NUMERIC, "C.UTF-8");
}
