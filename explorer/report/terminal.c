/*
 * Colours, box characters and width of where text goes.
 */
#include "report/terminal.h"

#include <errno.h>
#include <langinfo.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define WIDTH_DEFAULT 80
#define WIDTH_MIN     40

static bool wants_colour(FILE *file, enum colour_mode mode)
{
	const char *unwanted = getenv("NO_COLOR");
	const char *type = getenv("TERM");

	if (mode != COLOUR_AUTO)
		return mode == COLOUR_ALWAYS;
	if (unwanted && *unwanted)
		return false;
	return isatty(fileno(file)) && type && strcmp(type, "dumb") != 0;
}

static unsigned width_of(FILE *file)
{
	struct winsize window;
	const char *columns = getenv("COLUMNS");
	unsigned long width = 0;

	if (ioctl(fileno(file), TIOCGWINSZ, &window) == 0)
		width = window.ws_col;
	if (width == 0 && columns)
		width = strtoul(columns, NULL, 10);
	if (width == 0 || width > 1000)
		width = WIDTH_DEFAULT;
	return (unsigned)(width < WIDTH_MIN ? WIDTH_MIN : width);
}

struct terminal terminal_of(FILE *file, enum colour_mode mode)
{
	return (struct terminal){
		.file = file,
		.colour = wants_colour(file, mode),
		.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0,
		.width = width_of(file),
		.command = strchr(program_invocation_name, '/')
				   ? program_invocation_name
				   : NULL,
	};
}

static const char *const sequences[PAINT_COUNT] = {
	[PAINT_NONE] = "",	    [PAINT_BOLD] = "\033[1m",
	[PAINT_DIM] = "\033[2m",    [PAINT_RED] = "\033[31m",
	[PAINT_GREEN] = "\033[32m", [PAINT_YELLOW] = "\033[33m",
	[PAINT_BLUE] = "\033[34m",  [PAINT_MAGENTA] = "\033[35m",
	[PAINT_CYAN] = "\033[36m",
};

void terminal_paint(const struct terminal *terminal, enum paint paint,
		    const char *format, ...)
{
	bool painted = terminal->colour && paint != PAINT_NONE;
	va_list arguments;

	if (painted)
		fputs(sequences[paint], terminal->file);
	va_start(arguments, format);
	vfprintf(terminal->file, format, arguments);
	va_end(arguments);
	if (painted)
		fputs("\033[0m", terminal->file);
}

void terminal_pad(const struct terminal *terminal, enum paint paint,
		  const char *text, size_t columns)
{
	size_t used = terminal_columns(text);

	terminal_paint(terminal, paint, "%s", text);
	if (used < columns)
		fprintf(terminal->file, "%*s", (int)(columns - used), "");
}

size_t terminal_columns(const char *text)
{
	size_t columns = 0;

	/* Every byte that does not continue a character begins one. */
	for (; *text; text++)
		columns += ((unsigned char)*text & 0xc0) != 0x80;
	return columns;
}
