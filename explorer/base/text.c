/*
 * Strings that are put together piece by piece.
 */
#include "base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void text_add_list(struct buffer *text, const char *format,
			  va_list arguments)
	__attribute__((format(printf, 2, 0)));

static void text_add_list(struct buffer *text, const char *format,
			  va_list arguments)
{
	size_t room = text->capacity - text->length;
	va_list tried;
	int length;
	void *data = text->data;

	/* Mostly there is room, and once is enough. */
	va_copy(tried, arguments);
	length = vsnprintf(room ? (char *)data + text->length : NULL, room,
			   format, tried);
	va_end(tried);
	assert(length >= 0);
	if ((size_t)length >= room) {
		memory_reserve(&data, &text->capacity,
			       text->length + (size_t)length + 1, 1);
		text->data = data;
		vsnprintf((char *)data + text->length, (size_t)length + 1,
			  format, arguments);
	}
	text->length += (size_t)length;
}

void text_add(struct buffer *text, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	text_add_list(text, format, arguments);
	va_end(arguments);
}

char *text_format(const char *format, ...)
{
	struct buffer text = {0};
	va_list arguments;

	va_start(arguments, format);
	text_add_list(&text, format, arguments);
	va_end(arguments);
	/* The command's memory is malloc's, so that free() may have it. */
	return (char *)text.data;
}

static unsigned least(unsigned a, unsigned b, unsigned c)
{
	unsigned ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Wagner and Fischer's table, of which only one row is kept. */
unsigned text_distance(const char *a, const char *b)
{
	size_t width = strlen(b) + 1;
	unsigned *row = memory_new(width * sizeof(*row));
	unsigned distance;

	for (size_t i = 0; i < width; i++)
		row[i] = (unsigned)i;
	for (unsigned above = 1; *a; a++, above++) {
		unsigned diagonal = row[0];

		row[0] = above;
		for (size_t i = 1; i < width; i++) {
			unsigned edit = diagonal + (*a != b[i - 1]);

			diagonal = row[i];
			row[i] = least(edit, row[i] + 1, row[i - 1] + 1);
		}
	}
	distance = row[width - 1];
	memory_free(row, width * sizeof(*row));
	return distance;
}

const char *text_source_ending(const char *name)
{
	static const char *const endings[] = {".c", ".cc", ".cpp", ".cxx",
					      ".C"};
	const char *slash = strrchr(name, '/');
	const char *base = slash ? slash + 1 : name;
	const char *dot = strrchr(base, '.');

	if (!dot || dot == base)
		return NULL;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (strcmp(dot, endings[i]) == 0)
			return dot;
	return NULL;
}

bool text_is_cplusplus(const char *name)
{
	const char *ending = text_source_ending(name);

	return ending && strcmp(ending, ".c") != 0;
}

bool text_is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}
