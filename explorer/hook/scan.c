/*
 * scanf and its kin.
 *
 * What is read from a string, and how much of each argument is written, is
 * found out by scanning it once without storing anything: "%d %5s" becomes
 * "%*d%n %*5s%n". A stream cannot be read twice: there numbers are announced by
 * their size, and of strings the first byte.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "hook/format.h"

/* What ISO C's functions are called: the others take "%as" for something else.
 */
EXPORT int __isoc99_vsscanf(const char *restrict string,
			    const char *restrict format, va_list arguments);
EXPORT int __isoc99_vfscanf(FILE *restrict file, const char *restrict format,
			    va_list arguments);

/* Further arguments are not announced. */
#define TARGETS_MAX  16
#define FORMAT_BYTES 1024U

struct scan {
	char format[FORMAT_BYTES];
	size_t length;
	unsigned count;
	struct conversion targets[TARGETS_MAX];
	int ends[TARGETS_MAX]; /* in the string; -1: not reached */
};

static bool append(struct scan *scan, const char *text, size_t bytes)
{
	if (scan->length + bytes >= FORMAT_BYTES)
		return false;
	memcpy(scan->format + scan->length, text, bytes);
	scan->length += bytes;
	scan->format[scan->length] = '\0';
	return true;
}

/* Takes a conversion over, so that it stores nothing but where it ends. */
static bool take(struct scan *scan, const struct conversion *conversion)
{
	const char *start = conversion->start;
	size_t bytes = (size_t)(conversion->end - start);
	bool is_position = conversion->kind == 'n';

	if (conversion->suppressed)
		return append(scan, start, bytes);
	if (!conversion->kind || scan->count == TARGETS_MAX)
		return false;
	scan->ends[scan->count] = -1;
	scan->targets[scan->count++] = *conversion;
	return (is_position || (append(scan, "%*", 2) &&
				append(scan, start + 1, bytes - 1))) &&
	       append(scan, "%n", 2);
}

/* As much of the format as is understood. */
static void prepare(struct scan *scan, const char *format)
{
	struct conversion conversion;
	const char *from = format;

	scan->length = 0;
	scan->count = 0;
	scan->format[0] = '\0';
	while (format_next(&format, true, &conversion)) {
		if (!append(scan, from, (size_t)(conversion.start - from)) ||
		    !take(scan, &conversion))
			return;
		from = format;
	}
}

#define END(n) &scan->ends[n]
#define ENDS                                                                   \
	END(0), END(1), END(2), END(3), END(4), END(5), END(6), END(7),        \
		END(8), END(9), END(10), END(11), END(12), END(13), END(14),   \
		END(15)

static void scan_again(const char *string, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	REAL(__isoc99_vsscanf)(string, format, arguments);
	va_end(arguments);
}

static bool is_space(char character)
{
	return character == ' ' || (character >= '\t' && character <= '\r');
}

/* How much is written into an argument that takes text from [from, end). */
static size_t text_bytes(const struct conversion *conversion,
			 const char *string, int from, int end)
{
	if (conversion->kind == 'c')
		return (size_t)(end - from);
	while (conversion->kind == 's' && from < end && is_space(string[from]))
		from++;
	return (size_t)(end - from) + 1;
}

static bool takes_text(const struct conversion *conversion)
{
	return conversion->kind == 'c' || conversion->kind == 's' ||
	       conversion->kind == '[';
}

static size_t bytes_of(const struct conversion *conversion, size_t text)
{
	if (conversion->allocates)
		return sizeof(char *);
	if (!takes_text(conversion))
		return format_number_bytes(conversion);
	return conversion->length == 'l' ? sizeof(int) : text;
}

ON_FIBER static void announce_string(const char *string, const char *format,
				     va_list arguments, uintptr_t place)
{
	struct scan wanted;
	struct scan *scan = &wanted;
	int from = 0;
	va_list copy;

	prepare(scan, format);
	scan_again(string, scan->format, ENDS);
	hook_reads(string, strlen(string) + 1, place);
	va_copy(copy, arguments);
	for (unsigned i = 0; i < scan->count && scan->ends[i] >= 0; i++) {
		const struct conversion *target = &scan->targets[i];

		hook_writes(va_arg(copy, void *),
			    bytes_of(target, text_bytes(target, string, from,
							scan->ends[i])),
			    place);
		from = scan->ends[i];
	}
	va_end(copy);
}

ON_FIBER static void announce_stream(const char *format, va_list arguments,
				     uintptr_t place)
{
	struct conversion target;
	va_list copy;

	va_copy(copy, arguments);
	while (format_next(&format, true, &target) && target.kind)
		if (!target.suppressed)
			hook_writes(va_arg(copy, void *), bytes_of(&target, 1),
				    place);
	va_end(copy);
}

static int scan_string(const char *string, const char *format,
		       va_list arguments, uintptr_t place)
{
	if (hook_runtime)
		announce_string(string, format, arguments, place);
	return REAL(__isoc99_vsscanf)(string, format, arguments);
}

static int scan_stream(FILE *file, const char *format, va_list arguments,
		       uintptr_t place)
{
	if (hook_runtime) {
		announce_stream(format, arguments, place);
		hook_expect_input(fileno(file));
	}
	return REAL(__isoc99_vfscanf)(file, format, arguments);
}

#define SCAN(call)                                                             \
	do {                                                                   \
		va_list arguments;                                             \
		int count;                                                     \
                                                                               \
		va_start(arguments, format);                                   \
		count = call;                                                  \
		va_end(arguments);                                             \
		return count;                                                  \
	} while (0)

/* Headers give the functions of ISO C other names. */
#define SCAN_STRING(name)                                                      \
	HOOK(int, name, const char *restrict string,                           \
	     const char *restrict format, ...)                                 \
	{                                                                      \
		SCAN(scan_string(string, format, arguments, PLACE));           \
	}
#define SCAN_STREAM(name)                                                      \
	HOOK(int, name, FILE *restrict file, const char *restrict format, ...) \
	{                                                                      \
		SCAN(scan_stream(file, format, arguments, PLACE));             \
	}
#define SCAN_INPUT(name)                                                       \
	HOOK(int, name, const char *restrict format, ...)                      \
	{                                                                      \
		SCAN(scan_stream(stdin, format, arguments, PLACE));            \
	}
#define SCAN_STRINGS(name)                                                     \
	HOOK(int, name, const char *restrict string,                           \
	     const char *restrict format, va_list arguments)                   \
	{                                                                      \
		return scan_string(string, format, arguments, PLACE);          \
	}
#define SCAN_STREAMS(name)                                                     \
	HOOK(int, name, FILE *restrict file, const char *restrict format,      \
	     va_list arguments)                                                \
	{                                                                      \
		return scan_stream(file, format, arguments, PLACE);            \
	}
#define SCAN_INPUTS(name)                                                      \
	HOOK(int, name, const char *restrict format, va_list arguments)        \
	{                                                                      \
		return scan_stream(stdin, format, arguments, PLACE);           \
	}

SCAN_STRING(__isoc99_sscanf)
SCAN_STREAM(__isoc99_fscanf)
SCAN_INPUT(__isoc99_scanf)
SCAN_STRINGS(__isoc99_vsscanf)
SCAN_STREAMS(__isoc99_vfscanf)
SCAN_INPUTS(__isoc99_vscanf)

/* The names that they have for programs of GNU's own dialect. The headers have
 * them mean the others: the C names are ours. */
#define NAMED_AS(name, function, ...)                                          \
	EXPORT int function(__VA_ARGS__) __asm__(name);                        \
	int function(__VA_ARGS__)

NAMED_AS("sscanf", gnu_sscanf, const char *restrict string,
	 const char *restrict format, ...)
{
	SCAN(scan_string(string, format, arguments, PLACE));
}

NAMED_AS("fscanf", gnu_fscanf, FILE *restrict file, const char *restrict format,
	 ...)
{
	SCAN(scan_stream(file, format, arguments, PLACE));
}

NAMED_AS("scanf", gnu_scanf, const char *restrict format, ...)
{
	SCAN(scan_stream(stdin, format, arguments, PLACE));
}

NAMED_AS("vsscanf", gnu_vsscanf, const char *restrict string,
	 const char *restrict format, va_list arguments)
{
	return scan_string(string, format, arguments, PLACE);
}

NAMED_AS("vfscanf", gnu_vfscanf, FILE *restrict file,
	 const char *restrict format, va_list arguments)
{
	return scan_stream(file, format, arguments, PLACE);
}

NAMED_AS("vscanf", gnu_vscanf, const char *restrict format, va_list arguments)
{
	return scan_stream(stdin, format, arguments, PLACE);
}
