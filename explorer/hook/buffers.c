/*
 * Functions of libc that work on a buffer of the program's: formatting into
 * strings, reading numbers from them, sorting. libc is not instrumented, so
 * what they access is announced here, as one range each.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hook/format.h"
#include "hook/hook.h"

/* --- Into strings */

static int format_into(char *to, size_t room, const char *format,
		       va_list arguments, uintptr_t place)
{
	va_list again;
	int length;

	if (!hook_runtime)
		return REAL(vsnprintf)(to, room, format, arguments);
	format_announce_printf(format, arguments, place);
	va_copy(again, arguments);
	length = REAL(vsnprintf)(NULL, 0, format, again);
	va_end(again);
	if (length >= 0 && room > 0)
		hook_writes(to,
			    (size_t)length < room ? (size_t)length + 1 : room,
			    place);
	return REAL(vsnprintf)(to, room, format, arguments);
}

/* The room that sprintf() believes in. */
#define ANY_ROOM ((size_t)INT32_MAX)

#define FORMAT_VARIADIC(to, room)                                              \
	do {                                                                   \
		va_list arguments;                                             \
		int length;                                                    \
                                                                               \
		va_start(arguments, format);                                   \
		length = format_into((to), (room), format, arguments, PLACE);  \
		va_end(arguments);                                             \
		return length;                                                 \
	} while (0)

EXPORT int snprintf(char *restrict to, size_t room, const char *restrict format,
		    ...)
{
	FORMAT_VARIADIC(to, room);
}

EXPORT int sprintf(char *restrict to, const char *restrict format, ...)
{
	FORMAT_VARIADIC(to, ANY_ROOM);
}

EXPORT int vsnprintf(char *restrict to, size_t room,
		     const char *restrict format, va_list arguments)
{
	return format_into(to, room, format, arguments, PLACE);
}

EXPORT int vsprintf(char *restrict to, const char *restrict format,
		    va_list arguments)
{
	return format_into(to, ANY_ROOM, format, arguments, PLACE);
}

HOOK(int, __snprintf_chk, char *to, size_t room, int flag, size_t all,
     const char *format, ...)
{
	(void)flag;
	(void)all;
	FORMAT_VARIADIC(to, room);
}

HOOK(int, __sprintf_chk, char *to, int flag, size_t all, const char *format,
     ...)
{
	(void)flag;
	FORMAT_VARIADIC(to, all < ANY_ROOM ? all : ANY_ROOM);
}

/* --- Into new strings */

static int format_new(char **ret_string, const char *format, va_list arguments,
		      uintptr_t place)
{
	va_list again;
	char *string;
	int length;

	if (!hook_runtime)
		return REAL(vasprintf)(ret_string, format, arguments);
	format_announce_printf(format, arguments, place);
	va_copy(again, arguments);
	length = REAL(vsnprintf)(NULL, 0, format, again);
	va_end(again);
	hook_writes(ret_string, sizeof(*ret_string), place);
	string = length < 0 ? NULL : hook_allocate((size_t)length + 1, place);
	if (!string)
		return -1;
	*ret_string = string;
	return REAL(vsnprintf)(string, (size_t)length + 1, format, arguments);
}

#define FORMAT_NEW(ret_string)                                                 \
	do {                                                                   \
		va_list arguments;                                             \
		int length;                                                    \
                                                                               \
		va_start(arguments, format);                                   \
		length = format_new((ret_string), format, arguments, PLACE);   \
		va_end(arguments);                                             \
		return length;                                                 \
	} while (0)

EXPORT int asprintf(char **restrict ret_string, const char *restrict format,
		    ...)
{
	FORMAT_NEW(ret_string);
}

EXPORT int vasprintf(char **restrict ret_string, const char *restrict format,
		     va_list arguments)
{
	return format_new(ret_string, format, arguments, PLACE);
}

HOOK(int, __asprintf_chk, char **ret_string, int flag, const char *format, ...)
{
	(void)flag;
	FORMAT_NEW(ret_string);
}

/* --- Numbers in strings */

/* As far as the number goes, and the byte that ends it. */
#define NUMBER_HOOK(type, name)                                                \
	EXPORT type name(const char *restrict string, char **restrict end,     \
			 int base)                                             \
	{                                                                      \
		char *stop;                                                    \
                                                                               \
		if (!hook_runtime)                                             \
			return REAL(name)(string, end, base);                  \
		REAL(name)(string, &stop, base);                               \
		hook_reads(string, (size_t)(stop - string) + 1, PLACE);        \
		hook_writes(end, sizeof(*end), PLACE);                         \
		return REAL(name)(string, end, base);                          \
	}

NUMBER_HOOK(long, strtol)
NUMBER_HOOK(long long, strtoll)
NUMBER_HOOK(unsigned long, strtoul)
NUMBER_HOOK(unsigned long long, strtoull)

static void reads_decimal(const char *string, uintptr_t place)
{
	char *stop;

	if (!hook_runtime)
		return;
	REAL(strtol)(string, &stop, 10);
	hook_reads(string, (size_t)(stop - string) + 1, place);
}

EXPORT int atoi(const char *string)
{
	reads_decimal(string, PLACE);
	return REAL(atoi)(string);
}

EXPORT long atol(const char *string)
{
	reads_decimal(string, PLACE);
	return REAL(atol)(string);
}

EXPORT long long atoll(const char *string)
{
	reads_decimal(string, PLACE);
	return REAL(atoll)(string);
}

EXPORT double strtod(const char *restrict string, char **restrict end)
{
	char *stop;

	if (!hook_runtime)
		return REAL(strtod)(string, end);
	REAL(strtod)(string, &stop);
	hook_reads(string, (size_t)(stop - string) + 1, PLACE);
	hook_writes(end, sizeof(*end), PLACE);
	return REAL(strtod)(string, end);
}

/* --- Sorting */

EXPORT void qsort(void *base, size_t count, size_t bytes,
		  int (*compare)(const void *, const void *))
{
	hook_writes(base, count * bytes, PLACE);
	REAL(qsort)(base, count, bytes, compare);
}
