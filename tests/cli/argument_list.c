/*
 * Lists of words, and how a text is divided into them.
 */
#include "cli/argument_list.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "base/text.h"

/* The words of a text, each in brackets. */
static char *divided(const char *text)
{
	struct argument_list list = {0};
	struct buffer shown = {0};
	char *result;

	argument_list_add_words(&list, text);
	text_add(&shown, "%s", "");
	for (size_t i = 0; i < list.count; i++)
		text_add(&shown, "[%s]", list.items[i]);
	cr_expect(list.count == 0 || list.items[list.count] == NULL);
	result = text_format("%s", (char *)shown.data);
	buffer_fini(&shown);
	argument_list_fini(&list);
	return result;
}

static void expect_divided(const char *text, const char *expected)
{
	char *actual = divided(text);

	cr_expect(eq(str, actual, (char *)expected), "%s", text);
	free(actual);
}

Test(argument_list, is_divided_by_white_space)
{
	expect_divided("", "");
	expect_divided(" \t\n", "");
	expect_divided("-O2", "[-O2]");
	expect_divided("  -I a\n-Db\t-c ", "[-I][a][-Db][-c]");
}

Test(argument_list, holds_quoted_words_together)
{
	expect_divided("'a b' c", "[a b][c]");
	expect_divided("-D'x y'=\"z w\"", "[-Dx y=z w]");
	expect_divided("'\"' \"'\"", "[\"][']");
	expect_divided("'' a", "[][a]");
}

Test(argument_list, takes_what_follows_a_backslash)
{
	expect_divided("a\\ b", "[a b]");
	expect_divided("\\\"a\\\\", "[\"a\\]");
	expect_divided("'a\\'b'", "[a'b]");
	expect_divided("a\\", "[a\\]");
}

Test(argument_list, takes_a_quote_that_is_never_closed)
{
	expect_divided("a 'b c", "[a][b c]");
}

Test(argument_list, appends_in_order)
{
	struct argument_list list = {0};
	struct argument_list more = {0};

	argument_list_add_these(&list, "a", "b", NULL);
	argument_list_add(&more, "c");
	argument_list_add_all(&list, &more);
	cr_expect(eq(sz, list.count, 3));
	cr_expect(eq(str, list.items[0], "a"));
	cr_expect(eq(str, list.items[2], "c"));
	cr_expect(list.items[3] == NULL);
	argument_list_fini(&list);
	argument_list_fini(&more);
	cr_expect(eq(sz, list.count, 0));
}
