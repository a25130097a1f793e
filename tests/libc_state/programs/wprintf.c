/* Wide characters, written and flushed, also those that no locale has.
 * Keeps what the kernel chose: where a locale is mapped. */
#include <errno.h>
#include <locale.h>
#include <string.h>
#include <wchar.h>

#include "again.h"

static void use(const char *when)
{
	static const wchar_t far[] = {0x20ac, L'\n', 0};

	if (strcmp(when, "main") == 0)
		setlocale(LC_ALL, "C.UTF-8");
	wprintf(L"%s %ls", when, far);
	fputws(far, stdout);
	putwchar(0xd800);
	fflush(stdout);
	fputwc(0xe4, stderr);
	errno = ENOENT;
	fwprintf(stderr, L"%0*d %m\n", 2000, 7);
}
