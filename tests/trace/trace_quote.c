/*
 * explorer/trace/trace_quote.c
 */
#include "trace/trace_quote.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "base/random.h"
#include "base/text.h"

static void assert_quoted(const char *string, const char *expected)
{
	struct buffer text = {0};

	quote_put(&text, string);
	cr_assert(eq(str, (char *)text.data, (char *)expected));
	buffer_fini(&text);
}

Test(quote, leaves_plain_words_bare)
{
	assert_quoted("x", "x");
	assert_quoted("models/counter.c", "models/counter.c");
	assert_quoted("table[3].next", "table[3].next");
	assert_quoted("-O2", "-O2");
}

Test(quote, quotes_what_would_be_misread)
{
	assert_quoted(NULL, "-");
	assert_quoted("-", "\"-\"");
	assert_quoted("", "\"\"");
	assert_quoted("a b", "\"a b\"");
	assert_quoted("#", "\"#\"");
	assert_quoted("a\"b", "\"a\\\"b\"");
	assert_quoted("a\\b", "\"a\\\\b\"");
	assert_quoted("a\tb\n", "\"a\\tb\\n\"");
}

Test(quote, keeps_utf8_and_escapes_what_is_none)
{
	assert_quoted("h\xc3\xa4", "\"h\xc3\xa4\"");
	assert_quoted("\xe2\x86\x92", "\"\xe2\x86\x92\"");
	assert_quoted("\xf0\x9f\x90\x9b", "\"\xf0\x9f\x90\x9b\"");
	/* cut, overlong, a surrogate, beyond the last character, bare */
	assert_quoted("\xc3", "\"\\xc3\"");
	assert_quoted("\xc0\xaf", "\"\\xc0\\xaf\"");
	assert_quoted("\xe0\x80\xaf", "\"\\xe0\\x80\\xaf\"");
	assert_quoted("\xed\xa0\x80", "\"\\xed\\xa0\\x80\"");
	assert_quoted("\xf4\x90\x80\x80", "\"\\xf4\\x90\\x80\\x80\"");
	assert_quoted("\xa4", "\"\\xa4\"");
	/* what terminals would obey */
	assert_quoted("\x1b[2J", "\"\\x1b[2J\"");
	assert_quoted("\xc2\x9b", "\"\\xc2\\x9b\"");
	assert_quoted("\x7f", "\"\\x7f\"");
}

Test(quote, any_bytes_come_back)
{
	struct random random;

	random_seed(&random, 9);
	for (unsigned round = 0; round < 5000; round++) {
		struct buffer text = {0};
		struct buffer read = {0};
		uint8_t bytes[12];
		size_t length = random_below(&random, sizeof(bytes) + 1);
		const char *next;

		for (size_t i = 0; i < length; i++)
			bytes[i] = (uint8_t)random_next(&random);
		quote_put_quoted(&text, bytes, length);
		text_add(&text, " rest");
		next = (const char *)text.data;
		cr_assert(eq(ptr, (void *)quote_get(&next, &read), NULL));
		cr_assert(eq(str, (char *)next, " rest"));
		cr_assert(eq(sz, read.length, length));
		cr_assert(memcmp(read.data, bytes, length) == 0);
		buffer_fini(&text);
		buffer_fini(&read);
	}
}

Test(quote, refuses_damage)
{
	static const char *const wrong[] = {
		"",	   "\"",      "\"a",	  "\"a\\",
		"\"\\q\"", "\"\\x\"", "\"\\x4\"", "\"\\xg0\"",
		"\"\\x",   "\\n",     "#",	  "\xc3\xa4"};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct buffer read = {0};
		const char *next = wrong[i];

		cr_assert(ne(ptr, (void *)quote_get(&next, &read), NULL), "%s",
			  wrong[i]);
		buffer_fini(&read);
	}
}
