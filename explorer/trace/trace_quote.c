/*
 * Strings in a trace file.
 */
#include "trace/trace_quote.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

static bool is_bare(uint8_t byte)
{
	return byte > ' ' && byte < 0x7f && !strchr("\"\\#", byte);
}

void quote_put(struct buffer *text, const char *string)
{
	size_t bare = 0;

	if (!string) {
		text_add(text, "-");
		return;
	}
	while (is_bare((uint8_t)string[bare]))
		bare++;
	if (bare == 0 || string[bare] || strcmp(string, "-") == 0)
		quote_put_quoted(text, string, strlen(string));
	else
		text_add(text, "%s", string);
}

/*
 * The bytes of the UTF-8 character at `bytes` if it may stand as it is: well
 * formed, and not one of U+0080 .. U+009F, which terminals obey. Else 0.
 */
static size_t readable_length(const uint8_t *bytes, size_t length)
{
	static const uint32_t least[] = {0, 0, 0xa0, 0x800, 0x10000};
	uint32_t character;
	size_t size;

	if (bytes[0] < 0x80)
		return bytes[0] >= ' ' && bytes[0] != 0x7f;
	size = bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : 2;
	if (bytes[0] < 0xc2 || bytes[0] > 0xf4 || size > length)
		return 0;
	character = bytes[0] & (0x7fU >> size);
	for (size_t i = 1; i < size; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		character = character << 6 | (bytes[i] & 0x3f);
	}
	if (character < least[size] || character > 0x10ffff ||
	    (character >= 0xd800 && character <= 0xdfff))
		return 0;
	return size;
}

static void put_escaped(struct buffer *text, uint8_t byte)
{
	switch (byte) {
	case '\n':
		text_add(text, "\\n");
		break;
	case '\t':
		text_add(text, "\\t");
		break;
	case '"':
	case '\\':
		text_add(text, "\\%c", byte);
		break;
	default:
		text_add(text, "\\x%02x", byte);
	}
}

void quote_put_quoted(struct buffer *text, const void *bytes, size_t length)
{
	const uint8_t *byte = bytes;

	text_add(text, "\"");
	for (size_t i = 0; i < length;) {
		size_t readable = readable_length(byte + i, length - i);

		if (readable && byte[i] != '"' && byte[i] != '\\') {
			buffer_put(text, byte + i, readable);
			i += readable;
		} else {
			put_escaped(text, byte[i]);
			i++;
		}
	}
	text_add(text, "\"");
}

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *digit = c ? strchr(digits, c) : NULL;

	return digit ? (int)(digit - digits) : -1;
}

/* Reads what follows a backslash; a negative number if that is no escape. */
static int get_escaped(const char **next)
{
	int high;
	int low;

	switch (*(*next)++) {
	case 'n':
		return '\n';
	case 't':
		return '\t';
	case '"':
		return '"';
	case '\\':
		return '\\';
	case 'x':
		high = hex_digit(**next);
		if (high < 0)
			return -1;
		low = hex_digit((*next)[1]);
		*next += 2;
		return low < 0 ? -1 : high * 16 + low;
	default:
		return -1;
	}
}

static const char *get_quoted(const char **next, struct buffer *ret_bytes)
{
	const char *at = *next + 1;

	while (*at != '"') {
		int byte = (uint8_t)*at;
		uint8_t stored;

		if (!byte)
			return "a quote is not closed";
		at++;
		if (byte == '\\')
			byte = get_escaped(&at);
		if (byte < 0)
			return "a backslash is followed by something else than "
			       "n, t, \", \\ or x and two digits";
		stored = (uint8_t)byte;
		buffer_put(ret_bytes, &stored, 1);
	}
	*next = at + 1;
	return NULL;
}

const char *quote_get(const char **next, struct buffer *ret_bytes)
{
	const char *wrong = NULL;
	size_t bare = 0;

	if (**next == '"') {
		wrong = get_quoted(next, ret_bytes);
	} else {
		while (is_bare((uint8_t)(*next)[bare]))
			bare++;
		if (bare == 0)
			return **next && **next != ' '
				       ? "a character should stand in quotes"
				       : "a value is missing";
		buffer_put(ret_bytes, *next, bare);
		*next += bare;
	}
	text_add(ret_bytes, "%s", "");
	return wrong;
}
