/*
 * Where text goes, and what can be drawn there: colours, box characters, and
 * how wide a line may be.
 *
 * Everything that is printed for people takes a struct terminal, so that what
 * a pipe, a dumb terminal and a test see differs from a colour terminal in
 * this one value.
 */
#ifndef EXPLORER_REPORT_TERMINAL_H
#define EXPLORER_REPORT_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum colour_mode { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

struct terminal {
	FILE *file;
	bool colour;
	bool utf8;
	unsigned width; /* columns, at least 40 */
	/* What to type to call the command; NULL if any shell finds it. */
	const char *command;
};

enum paint {
	PAINT_NONE,
	PAINT_BOLD,
	PAINT_DIM,
	PAINT_RED,
	PAINT_GREEN,
	PAINT_YELLOW,
	PAINT_BLUE,
	PAINT_MAGENTA,
	PAINT_CYAN,
	PAINT_COUNT
};

/* What is known about `file`: colour if the mode is always, or is auto and the
 * file is a terminal that is not dumb and NO_COLOR is not set; UTF-8 if the
 * locale says so (setlocale() comes first); the width of the window, else of
 * $COLUMNS, else 80; the
 * command's path if it was called by one. */
struct terminal terminal_of(FILE *file, enum colour_mode mode);

/* Prints in a colour, as printf does. */
void terminal_paint(const struct terminal *terminal, enum paint paint,
		    const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Prints a text, then spaces until it has taken up `columns`. */
void terminal_pad(const struct terminal *terminal, enum paint paint,
		  const char *text, size_t columns);

/* How many columns a text takes up: its characters, in UTF-8. */
size_t terminal_columns(const char *text);

#endif
