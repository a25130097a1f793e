/*
 * Formats of printf and scanf. See format.h.
 */
#include "hook/format.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "runtime/thread.h"

static bool is_digit(char character)
{
	return character >= '0' && character <= '9';
}

/* Decimal digits at *at. */
static size_t number_at(const char **at)
{
	size_t number = 0;

	for (; is_digit(**at); (*at)++)
		number = number * 10 + (size_t)(**at - '0');
	return number;
}

static bool is_flag(char character)
{
	switch (character) {
	case '-':
	case '+':
	case ' ':
	case '#':
	case '0':
	case '\'':
	case 'I':
		return true;
	default:
		return false;
	}
}

static bool is_length(char character)
{
	switch (character) {
	case 'h':
	case 'l':
	case 'L':
	case 'j':
	case 'z':
	case 't':
	case 'q':
		return true;
	default:
		return false;
	}
}

static char length_at(const char **at)
{
	char length = **at;

	if (!is_length(length))
		return 0;
	(*at)++;
	if (**at != length || (length != 'h' && length != 'l'))
		return length;
	(*at)++;
	return length == 'h' ? 'H' : 'q';
}

/* Behind a scan set, whose text begins at `at`: "^]a-z]" ends at the last. */
static const char *behind_set(const char *at)
{
	if (*at == '^')
		at++;
	if (*at == ']')
		at++;
	while (*at && *at != ']')
		at++;
	return *at ? at + 1 : at;
}

static void take_precision(const char **at, struct conversion *conversion)
{
	if (**at != '.')
		return;
	(*at)++;
	conversion->has_precision = true;
	conversion->precision_given = **at == '*';
	if (conversion->precision_given)
		(*at)++;
	else
		conversion->precision = number_at(at);
}

bool format_next(const char **format, bool scans,
		 struct conversion *ret_conversion)
{
	struct conversion conversion = {0};
	const char *at = *format;

	while (*at && *at != '%')
		at++;
	if (!*at)
		return false;
	conversion.start = at++;
	while (!scans && is_flag(*at))
		at++;
	if (*at == '*') {
		conversion.suppressed = scans;
		conversion.width_given = !scans;
		at++;
	}
	conversion.width = number_at(&at);
	if (!scans)
		take_precision(&at, &conversion);
	if (scans && *at == 'm') {
		conversion.allocates = true;
		at++;
	}
	conversion.length = length_at(&at);
	/* Arguments by number ("%1$d") are not understood. */
	conversion.kind = *at == '$' ? 0 : *at;
	if (*at)
		at++;
	if (conversion.kind == '%')
		conversion.suppressed = true;
	if (scans && conversion.kind == '[')
		at = behind_set(at);
	conversion.end = at;
	*format = at;
	*ret_conversion = conversion;
	return true;
}

static bool is_real(char kind)
{
	switch (kind) {
	case 'a':
	case 'A':
	case 'e':
	case 'E':
	case 'f':
	case 'F':
	case 'g':
	case 'G':
		return true;
	default:
		return false;
	}
}

size_t format_number_bytes(const struct conversion *conversion)
{
	bool real = is_real(conversion->kind);

	if (conversion->kind == 'p')
		return sizeof(void *);
	switch (conversion->length) {
	case 'H':
		return 1;
	case 'h':
		return sizeof(short);
	case 'L':
		return real ? sizeof(long double) : sizeof(long long);
	case 'l':
	case 'q':
	case 'j':
	case 'z':
	case 't':
		return sizeof(long);
	default:
		return real ? sizeof(float) : sizeof(int);
	}
}

/* --- printf */

/* How the arguments are gone through: to say what is accessed, or only to see
 * whether what others can see is read (`only_looks`). */
struct walk {
	uintptr_t place;
	bool only_looks;
	bool reads_shared;
	bool writes;
};

static void walk_string(struct walk *walk, const char *string, bool bounded,
			size_t most)
{
	const char *end;
	size_t bytes;

	if (!string || (bounded && most == 0))
		return;
	end = memchr(string, 0, bounded ? most : SIZE_MAX / 2);
	bytes = end ? (size_t)(end - string) + 1 : most;
	if (!walk->only_looks)
		hook_reads(string, bytes, walk->place);
	else
		walk->reads_shared |= visible_overlaps(
			&hook_runtime->visible, (uintptr_t)string, bytes);
}

static void walk_count(struct walk *walk, void *count, size_t bytes)
{
	walk->writes = true;
	if (!walk->only_looks)
		hook_writes(count, bytes, walk->place);
}

static void pass_number(const struct conversion *conversion, va_list *arguments)
{
	if (format_number_bytes(conversion) > sizeof(int)) {
		(void)va_arg(*arguments, long);
		return;
	}
	(void)va_arg(*arguments, int);
}

static void pass_fraction(const struct conversion *conversion,
			  va_list *arguments)
{
	if (conversion->length == 'L') {
		(void)va_arg(*arguments, long double);
		return;
	}
	(void)va_arg(*arguments, double);
}

/* Takes what the conversion takes from the arguments. Returns false if it is
 * not understood. */
static bool walk_over(struct walk *walk, const struct conversion *conversion,
		      va_list *arguments)
{
	size_t most = conversion->precision;
	bool bounded = conversion->has_precision;

	if (conversion->width_given)
		(void)va_arg(*arguments, int);
	if (conversion->precision_given) {
		int given = va_arg(*arguments, int);

		bounded = given >= 0;
		most = given >= 0 ? (size_t)given : 0;
	}
	switch (conversion->kind) {
	case '%':
	case 'm':
		return true;
	case 's':
		if (conversion->length == 'l')
			(void)va_arg(*arguments, wchar_t *);
		else
			walk_string(walk, va_arg(*arguments, char *), bounded,
				    most);
		return true;
	case 'p':
		/* Of a thread's own stack, say: it tells which one it is. */
		thread_self(hook_runtime);
		/* fall through */
	case 'S':
		(void)va_arg(*arguments, void *);
		return true;
	case 'n':
		walk_count(walk, va_arg(*arguments, void *),
			   format_number_bytes(conversion));
		return true;
	case 'c':
	case 'C':
		(void)va_arg(*arguments, int);
		return true;
	case 'd':
	case 'i':
	case 'o':
	case 'u':
	case 'x':
	case 'X':
		pass_number(conversion, arguments);
		return true;
	default:
		if (!is_real(conversion->kind))
			return false;
		pass_fraction(conversion, arguments);
		return true;
	}
}

ON_FIBER void format_announce_printf(const char *format, va_list arguments,
				     uintptr_t place)
{
	struct walk walk = {.place = place};
	struct conversion conversion;
	va_list copy;

	if (!hook_runtime || !format)
		return;
	va_copy(copy, arguments);
	while (format_next(&format, false, &conversion) &&
	       walk_over(&walk, &conversion, &copy))
		;
	va_end(copy);
}

/* Conversions beyond this many characters are not looked at. */
#define NARROW_BYTES 512U

ON_FIBER void format_announce_wide_printf(const wchar_t *format,
					  va_list arguments, uintptr_t place)
{
	char narrow[NARROW_BYTES] = {0};
	size_t length;

	if (!hook_runtime || !format)
		return;
	length = wcslen(format);
	for (size_t i = 0; i < length && i + 1 < NARROW_BYTES; i++)
		narrow[i] = format[i] < 0x80 ? (char)format[i] : '?';
	hook_reads(format, (length + 1) * sizeof(*format), place);
	format_announce_printf(narrow, arguments, place);
}

/* What is formatted by itself: a conversion and what stands before it. */
#define PIECE_BYTES 128U

bool format_reads_shared(const char *format, va_list arguments)
{
	struct walk walk = {.only_looks = true};
	struct conversion conversion;
	const char *start = format;
	va_list copy;
	bool fits = true;

	if (!hook_runtime || !format)
		return false;
	va_copy(copy, arguments);
	while (fits && format_next(&format, false, &conversion)) {
		fits = walk_over(&walk, &conversion, &copy) &&
		       (size_t)(conversion.end - start) < PIECE_BYTES;
		start = conversion.end;
	}
	va_end(copy);
	return fits && walk.reads_shared && !walk.writes;
}

/* Formats what is between the two places. Returns how many bytes that takes. */
static size_t put_piece(char *text, size_t room, const char *start,
			const char *end, va_list arguments)
{
	char piece[PIECE_BYTES];
	int written;

	memcpy(piece, start, (size_t)(end - start));
	piece[end - start] = '\0';
	written = REAL(vsnprintf)(text, room, piece, arguments);
	return written < 0 ? room : (size_t)written;
}

ON_FIBER size_t format_as_read(char *text, size_t room, const char *format,
			       va_list arguments, uintptr_t place)
{
	struct walk walk = {.place = place};
	struct conversion conversion;
	const char *start = format;
	size_t length = 0;
	size_t rest;
	va_list copy;

	va_copy(copy, arguments);
	while (format_next(&format, false, &conversion)) {
		va_list before;

		va_copy(before, copy);
		walk_over(&walk, &conversion, &copy);
		if (length < room)
			length += put_piece(text + length, room - length, start,
					    conversion.end, before);
		va_end(before);
		start = conversion.end;
	}
	va_end(copy);
	rest = strlen(start);
	if (length + rest >= room)
		return room;
	memcpy(text + length, start, rest + 1);
	return length + rest;
}
