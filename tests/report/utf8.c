/* Which bytes are UTF-8. */
#include "report/utf8.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

static size_t length_of(const char *bytes)
{
	return utf8_length(bytes, strlen(bytes));
}

Test(utf8, knows_characters_of_every_length)
{
	cr_expect(eq(sz, length_of("a"), 1));
	cr_expect(eq(sz, length_of("ä"), 2));
	cr_expect(eq(sz, length_of("€"), 3));
	cr_expect(eq(sz, length_of("😀"), 4));
	cr_expect(eq(sz, utf8_length("\0", 1), 1));
}

Test(utf8, refuses_what_rfc_3629_does)
{
	cr_expect(eq(sz, length_of("\x80"), 0), "a continuation");
	cr_expect(eq(sz, length_of("\xc3"), 0), "cut short");
	cr_expect(eq(sz, length_of("\xc0\xaf"), 0), "overlong");
	cr_expect(eq(sz, length_of("\xed\xa0\x80"), 0), "a surrogate");
	cr_expect(eq(sz, length_of("\xf4\x90\x80\x80"), 0), "too large");
	cr_expect(eq(sz, length_of("\xc3("), 0), "no continuation");
	cr_expect(eq(sz, length_of("\xff"), 0));
	cr_expect(eq(sz, utf8_length("", 0), 0));
}

Test(utf8, cuts_between_characters)
{
	cr_expect(eq(sz, utf8_whole("aä", 3), 3));
	cr_expect(eq(sz, utf8_whole("aä", 2), 1));
	cr_expect(eq(sz, utf8_whole("a😀", 4), 1));
	cr_expect(eq(sz, utf8_whole("abc", 3), 3));
	cr_expect(eq(sz, utf8_whole("", 0), 0));
}

Test(utf8, replaces_each_byte_that_is_none)
{
	struct buffer text = {0};

	cr_expect(not(utf8_repair(&text, "a\xff\xfe", 3)));
	cr_expect(eq(sz, text.length, 7));
	cr_expect(zero(int, memcmp(text.data, "a\ufffd\ufffd", 7)));
	buffer_clear(&text);
	cr_expect(utf8_repair(&text, "aä", 3));
	buffer_fini(&text);
}
