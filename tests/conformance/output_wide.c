/*
 * Writing wide characters.
 */
#include "check.h"

#include <stdarg.h>
#include <wchar.h>

static int with_vwprintf(const wchar_t *format, ...)
{
	va_list values;
	int result;

	va_start(values, format);
	result = vwprintf(format, values);
	va_end(values);
	return result;
}

static int with_vfwprintf(const wchar_t *format, ...)
{
	va_list values;
	int result;

	va_start(values, format);
	result = vfwprintf(stdout, format, values);
	va_end(values);
	return result;
}

/* CHECK_VALUE for a stream that takes wide characters only. */
#define CHECK_WIDE(call)                                                       \
	do {                                                                   \
		const long answer_ = (long)(call);                             \
		wprintf(L"%s: %ld\n", #call, answer_);                         \
	} while (0)

int main(void)
{
	CHECK_WIDE(wprintf(L"%d\n", 7));
	CHECK_WIDE(fwprintf(stdout, L"%ls\n", L"wide"));
	CHECK_WIDE(with_vwprintf(L"%x\n", 255));
	CHECK_WIDE(with_vfwprintf(L"%c\n", 'c'));
	CHECK_WIDE(putwc(L'a', stdout));
	CHECK_WIDE(putwc_unlocked(L'b', stdout));
	CHECK_WIDE(putwchar(L'c'));
	CHECK_WIDE(putwchar_unlocked(L'd'));
	CHECK_WIDE(fputwc(L'e', stdout));
	CHECK_WIDE(fputwc_unlocked(L'f', stdout));
	CHECK_WIDE(fputws(L"g\n", stdout) >= 0);
	CHECK_WIDE(fputws_unlocked(L"h\n", stdout) >= 0);
	return 0;
}
