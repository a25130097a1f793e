/*
 * Wide characters to standard output and standard error, and into strings.
 *
 * Under a search they are converted as the locale has it and captured, each
 * call one operation, like all other output. Their way through a FILE's buffers
 * is libc's secret, so a FILE does not become a wide one by them.
 */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>

#include "base/memory.h"
#include "hook/format.h"
#include "hook/hook.h"
#include "hook/output.h"

#undef putwc
#undef putwchar

#define FORMATTED_MIN ((size_t)256)
#define FORMATTED_MAX ((size_t)1 << 24)

/* A character that the locale does not have becomes what libc makes of most of
 * them. */
static void add_wide(struct output *output, const wchar_t *text, size_t length)
{
	mbstate_t state = {0};
	char bytes[MB_LEN_MAX];

	for (size_t i = 0; i < length; i++) {
		size_t count = wcrtomb(bytes, text[i], &state);

		if (count == (size_t)-1) {
			output_add(output, "?", 1);
			state = (mbstate_t){0};
		} else {
			output_add(output, bytes, count);
		}
	}
}

/* --- Characters and strings */

static wint_t put_wide(wchar_t character, FILE *file, uintptr_t place)
{
	struct output *output = hook_output(file, place);

	if (!output)
		return REAL(fputwc)(character, file);
	add_wide(output, &character, 1);
	return (wint_t)character;
}

#define PUT_WIDE_TO(name)                                                      \
	EXPORT wint_t name(wchar_t character, FILE *file)                      \
	{                                                                      \
		return put_wide(character, file, PLACE);                       \
	}

PUT_WIDE_TO(putwc)
PUT_WIDE_TO(fputwc)
PUT_WIDE_TO(putwc_unlocked)
PUT_WIDE_TO(fputwc_unlocked)

EXPORT wint_t putwchar(wchar_t character)
{
	return put_wide(character, stdout, PLACE);
}

EXPORT wint_t putwchar_unlocked(wchar_t character)
{
	return put_wide(character, stdout, PLACE);
}

static int put_string(const wchar_t *string, FILE *file, uintptr_t place)
{
	struct output *output;

	hook_reads(string, (wcslen(string) + 1) * sizeof(*string), place);
	output = hook_output(file, place);
	if (!output)
		return REAL(fputws)(string, file);
	add_wide(output, string, wcslen(string));
	return 1;
}

EXPORT int fputws(const wchar_t *restrict string, FILE *restrict file)
{
	return put_string(string, file, PLACE);
}

EXPORT int fputws_unlocked(const wchar_t *restrict string, FILE *restrict file)
{
	return put_string(string, file, PLACE);
}

/* --- Formats */

/* vswprintf() does not say how much room it needs, nor that room is what it
 * lacks; but what nobody can write is EILSEQ. errno is there for %m. */
static int format_and_add(struct output *output, const wchar_t *format,
			  va_list arguments)
{
	int before = errno;
	int length = -1;

	for (size_t room = FORMATTED_MIN; length < 0 && room <= FORMATTED_MAX;
	     room *= 4) {
		wchar_t *text = memory_new(room * sizeof(*text));
		va_list again;

		errno = before;
		va_copy(again, arguments);
		length = REAL(vswprintf)(text, room, format, again);
		va_end(again);
		if (length >= 0)
			add_wide(output, text, (size_t)length);
		memory_free(text, room * sizeof(*text));
		if (length < 0 && errno == EILSEQ && before != EILSEQ)
			break;
	}
	return length;
}

static int print_wide(FILE *file, const wchar_t *format, va_list arguments,
		      uintptr_t place)
{
	struct output *output;

	format_announce_wide_printf(format, arguments, place);
	output = hook_output(file, place);
	if (!output)
		return REAL(vfwprintf)(file, format, arguments);
	return format_and_add(output, format, arguments);
}

#define PRINT_WIDE(file)                                                       \
	do {                                                                   \
		va_list arguments;                                             \
		int written;                                                   \
                                                                               \
		va_start(arguments, format);                                   \
		written = print_wide((file), format, arguments, PLACE);        \
		va_end(arguments);                                             \
		return written;                                                \
	} while (0)

EXPORT int wprintf(const wchar_t *format, ...)
{
	PRINT_WIDE(stdout);
}

EXPORT int fwprintf(FILE *file, const wchar_t *format, ...)
{
	PRINT_WIDE(file);
}

EXPORT int vwprintf(const wchar_t *format, va_list arguments)
{
	return print_wide(stdout, format, arguments, PLACE);
}

EXPORT int vfwprintf(FILE *file, const wchar_t *format, va_list arguments)
{
	return print_wide(file, format, arguments, PLACE);
}

HOOK(int, __wprintf_chk, int flag, const wchar_t *format, ...)
{
	(void)flag;
	PRINT_WIDE(stdout);
}

HOOK(int, __fwprintf_chk, FILE *file, int flag, const wchar_t *format, ...)
{
	(void)flag;
	PRINT_WIDE(file);
}

HOOK(int, __vwprintf_chk, int flag, const wchar_t *format, va_list arguments)
{
	(void)flag;
	return print_wide(stdout, format, arguments, PLACE);
}

HOOK(int, __vfwprintf_chk, FILE *file, int flag, const wchar_t *format,
     va_list arguments)
{
	(void)flag;
	return print_wide(file, format, arguments, PLACE);
}

/* --- Into strings */

/* How many characters are written: with the null character, or whatever room
 * there is where that is too little. */
static size_t count_formatted(size_t room, const wchar_t *format,
			      va_list arguments)
{
	int before = errno;
	size_t tried = room < FORMATTED_MAX ? room : FORMATTED_MAX;
	wchar_t *text = memory_new(tried * sizeof(*text));
	va_list again;
	int length;

	va_copy(again, arguments);
	length = REAL(vswprintf)(text, tried, format, again);
	va_end(again);
	memory_free(text, tried * sizeof(*text));
	errno = before;
	return length < 0 ? room : (size_t)length + 1;
}

static int format_into(wchar_t *to, size_t room, const wchar_t *format,
		       va_list arguments, uintptr_t place)
{
	if (hook_runtime && room > 0) {
		format_announce_wide_printf(format, arguments, place);
		hook_writes(to,
			    count_formatted(room, format, arguments) *
				    sizeof(*to),
			    place);
	}
	return REAL(vswprintf)(to, room, format, arguments);
}

EXPORT int swprintf(wchar_t *restrict to, size_t room,
		    const wchar_t *restrict format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = format_into(to, room, format, arguments, PLACE);
	va_end(arguments);
	return length;
}

EXPORT int vswprintf(wchar_t *restrict to, size_t room,
		     const wchar_t *restrict format, va_list arguments)
{
	return format_into(to, room, format, arguments, PLACE);
}
