/* Bytes in base 64. */
#include "report/base64.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

static void expect(const char *bytes, const char *expected)
{
	char *text = base64_encode(bytes, strlen(bytes));

	cr_expect(eq(str, text, (char *)expected));
	free(text);
}

/* The vectors of RFC 4648. */
Test(base64, agrees_with_the_standard)
{
	expect("", "");
	expect("f", "Zg==");
	expect("fo", "Zm8=");
	expect("foo", "Zm9v");
	expect("foob", "Zm9vYg==");
	expect("fooba", "Zm9vYmE=");
	expect("foobar", "Zm9vYmFy");
	expect("\xff\xef\xbe", "/+++");
}
