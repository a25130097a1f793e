/* Colours and widths. */
#include "report/terminal.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

Test(terminal, colours_a_file_only_when_told_to)
{
	FILE *file = tmpfile();

	unsetenv("NO_COLOR");
	setenv("TERM", "xterm", 1);
	cr_expect(not(terminal_of(file, COLOUR_AUTO).colour));
	cr_expect(not(terminal_of(file, COLOUR_NEVER).colour));
	cr_expect(terminal_of(file, COLOUR_ALWAYS).colour);
	fclose(file);
}

Test(terminal, lets_an_explicit_wish_win_over_no_color)
{
	FILE *file = tmpfile();

	setenv("NO_COLOR", "1", 1);
	cr_expect(terminal_of(file, COLOUR_ALWAYS).colour);
	cr_expect(not(terminal_of(file, COLOUR_AUTO).colour));
	fclose(file);
}

Test(terminal, takes_the_width_from_columns_within_reason)
{
	FILE *file = tmpfile();

	setenv("COLUMNS", "132", 1);
	cr_expect(eq(uint, terminal_of(file, COLOUR_AUTO).width, 132));
	setenv("COLUMNS", "1", 1);
	cr_expect(eq(uint, terminal_of(file, COLOUR_AUTO).width, 40));
	setenv("COLUMNS", "99999999", 1);
	cr_expect(eq(uint, terminal_of(file, COLOUR_AUTO).width, 80));
	unsetenv("COLUMNS");
	cr_expect(eq(uint, terminal_of(file, COLOUR_AUTO).width, 80));
	fclose(file);
}

Test(terminal, counts_characters_not_bytes)
{
	cr_expect(eq(sz, terminal_columns("äöü"), 3));
	cr_expect(eq(sz, terminal_columns(""), 0));
}

Test(terminal, ends_each_colour_it_begins)
{
	char *text = NULL;
	size_t length;
	struct terminal terminal = {.colour = true};

	terminal.file = open_memstream(&text, &length);
	terminal_paint(&terminal, PAINT_RED, "%d", 1);
	terminal_paint(&terminal, PAINT_NONE, "%d", 2);
	fclose(terminal.file);
	cr_expect(eq(str, text, "\033[31m1\033[0m2"));
	free(text);
}
