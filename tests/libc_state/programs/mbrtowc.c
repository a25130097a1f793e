/* A character that comes byte by byte into the hidden state.
 * Keeps what the kernel chose: where a locale is mapped. */
#include <locale.h>
#include <wchar.h>

#include "again.h"

static void use(const char *when)
{
	wchar_t wide = 0;
	long length;

	setlocale(LC_CTYPE, "C.UTF-8");
	length = (long)mbrtowc(&wide, "\xc3", 1, NULL);
	printf("%s %ld %d\n", when, length, (int)wide);
}
