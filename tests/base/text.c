/*
 * explorer/base/text.c
 */
#include "base/text.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

Test(text, is_a_string_at_any_time)
{
	struct buffer text = {0};

	text_add(&text, "%s", "");
	cr_assert(eq(str, (char *)text.data, ""));
	text_add(&text, "x = %d", 3);
	cr_assert(eq(str, (char *)text.data, "x = 3"));
	cr_assert(eq(sz, text.length, 5));
	for (unsigned i = 0; i < 1000; i++)
		text_add(&text, "%u,", i);
	cr_assert(eq(sz, text.length, strlen((char *)text.data)));
	cr_assert(eq(int, strncmp((char *)text.data, "x = 30,1,2,", 11), 0));
	buffer_fini(&text);
}

Test(text, formats_strings_of_any_length)
{
	char *string = text_format("%05000d|%s", 1, "end");

	cr_assert(eq(sz, strlen(string), 5004));
	cr_assert(eq(str, string + 4999, "1|end"));
	free(string);
}

Test(text, distance_counts_edits)
{
	cr_assert(eq(uint, text_distance("", ""), 0));
	cr_assert(eq(uint, text_distance("", "abc"), 3));
	cr_assert(eq(uint, text_distance("abc", ""), 3));
	cr_assert(eq(uint, text_distance("counter", "counter"), 0));
	cr_assert(eq(uint, text_distance("counter", "conuter"), 2));
	cr_assert(eq(uint, text_distance("kitten", "sitting"), 3));
	cr_assert(eq(uint, text_distance("--watch", "--wach"), 1));
	cr_assert(eq(uint, text_distance("sitting", "kitten"), 3));
}
