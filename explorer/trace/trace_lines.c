/*
 * A text file taken apart line by line and word by word.
 */
#include "trace/trace_lines.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "trace/trace_quote.h"

#define EXCERPT_BYTES 40

void line_reader_fini(struct line_reader *reader)
{
	buffer_fini(&reader->line);
	buffer_fini(&reader->string);
}

static bool fail_list(struct line_reader *reader, unsigned line,
		      const char *format, va_list arguments)
	__attribute__((format(printf, 3, 0)));

static bool fail_list(struct line_reader *reader, unsigned line,
		      const char *format, va_list arguments)
{
	if (!reader->failed) {
		reader->error->line = line;
		vsnprintf(reader->error->message,
			  sizeof(reader->error->message), format, arguments);
	}
	reader->failed = true;
	return false;
}

bool line_fail(struct line_reader *reader, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fail_list(reader, reader->number, format, arguments);
	va_end(arguments);
	return false;
}

bool line_fail_at(struct line_reader *reader, unsigned line, const char *format,
		  ...)
{
	va_list arguments;

	va_start(arguments, format);
	fail_list(reader, line, format, arguments);
	va_end(arguments);
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void skip_blanks(struct line_reader *reader)
{
	while (is_blank(*reader->next))
		reader->next++;
}

/* Reads up to a line break, which is dropped. *ret_end: nothing was left. */
static bool read_bytes(struct line_reader *reader, bool *ret_end)
{
	int byte;

	buffer_clear(&reader->line);
	reader->number++;
	while ((byte = getc_unlocked(reader->file)) != EOF && byte != '\n') {
		uint8_t stored = (uint8_t)byte;

		if (byte == 0)
			return line_fail(reader, "this is not text: it holds "
						 "a zero byte");
		if (reader->line.length == LINE_BYTES_MAX)
			return line_fail(reader, "the line is too long");
		buffer_put(&reader->line, &stored, 1);
	}
	text_add(&reader->line, "%s", "");
	reader->next = (const char *)reader->line.data;
	if (byte == EOF && ferror(reader->file))
		return line_fail_at(reader, 0, "it cannot be read: %s",
				    strerror(errno));
	*ret_end = byte == EOF && reader->line.length == 0;
	if (byte == EOF && !*ret_end)
		return line_fail(reader, "the file is cut short: it ends "
					 "within this line");
	return true;
}

bool line_next(struct line_reader *reader, bool *ret_end)
{
	if (reader->failed)
		return false;
	/* The line that is left behind is known to be one that counts. */
	if (reader->number)
		reader->checksum =
			hash_bytes(reader->line.data, reader->line.length,
				   reader->checksum);
	do {
		if (!read_bytes(reader, ret_end))
			return false;
		skip_blanks(reader);
	} while (!*ret_end && (line_is_done(reader) || *reader->next == '#'));
	return true;
}

bool line_want(struct line_reader *reader)
{
	bool end;

	if (!line_next(reader, &end))
		return false;
	if (end)
		return line_fail_at(reader, reader->number - 1,
				    "the file is cut short: it ends after this "
				    "line");
	return true;
}

bool line_is_done(const struct line_reader *reader)
{
	return *reader->next == '\0';
}

bool line_want_done(struct line_reader *reader)
{
	if (reader->failed)
		return false;
	if (!line_is_done(reader))
		return line_fail(reader, "the line should end before '%s'",
				 line_excerpt(reader));
	return true;
}

size_t line_word_length(const struct line_reader *reader)
{
	return strcspn(reader->next, " \t");
}

bool line_take_word(struct line_reader *reader, const char *word)
{
	size_t length = strlen(word);

	if (reader->failed || line_word_length(reader) != length ||
	    memcmp(reader->next, word, length) != 0)
		return false;
	reader->next += length;
	skip_blanks(reader);
	return true;
}

const char *line_excerpt(struct line_reader *reader)
{
	size_t length = line_word_length(reader);
	size_t shown = length < EXCERPT_BYTES ? length : EXCERPT_BYTES;

	buffer_clear(&reader->string);
	for (size_t i = 0; i < shown; i++) {
		char c = reader->next[i];

		text_add(&reader->string, "%c", c < ' ' || c > '~' ? '?' : c);
	}
	text_add(&reader->string, "%s", shown < length ? "..." : "");
	return (const char *)reader->string.data;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool line_number(struct line_reader *reader, uint64_t most,
		 uint64_t *ret_number)
{
	const char *at = reader->next;
	uint64_t number = 0;

	if (reader->failed)
		return false;
	if (line_is_done(reader))
		return line_fail(reader, "a number is missing");
	for (; is_digit(*at); at++) {
		uint64_t digit = (uint64_t)(*at - '0');

		if (digit > most || number > (most - digit) / 10)
			return line_fail(reader, "the number %s is too large",
					 line_excerpt(reader));
		number = number * 10 + digit;
	}
	if (at == reader->next || (*at && !is_blank(*at)))
		return line_fail(reader, "'%s' should be a number",
				 line_excerpt(reader));
	reader->next = at;
	skip_blanks(reader);
	*ret_number = number;
	return true;
}

bool line_hash(struct line_reader *reader, uint64_t *ret_hash)
{
	static const char digits[] = "0123456789abcdef";
	uint64_t hash = 0;

	if (reader->failed)
		return false;
	if (line_word_length(reader) != 16 ||
	    strspn(reader->next, digits) != 16)
		return line_fail(reader,
				 "'%s' should be a hash of 16 hexadecimal "
				 "digits",
				 line_excerpt(reader));
	for (unsigned i = 0; i < 16; i++, reader->next++) {
		const char *digit = strchr(digits, *reader->next);

		hash = hash << 4 | (uint64_t)(digit - digits);
	}
	skip_blanks(reader);
	*ret_hash = hash;
	return true;
}

bool line_name(struct line_reader *reader, const char *const *names,
	       size_t count, const char *what, size_t *ret_index)
{
	for (size_t i = 0; i < count; i++) {
		if (line_take_word(reader, names[i])) {
			*ret_index = i;
			return true;
		}
	}
	if (reader->failed)
		return false;
	return line_fail(reader, "'%s' is no %s", line_excerpt(reader), what);
}

bool line_bytes(struct line_reader *reader)
{
	const char *wrong;

	if (reader->failed)
		return false;
	buffer_clear(&reader->string);
	wrong = quote_get(&reader->next, &reader->string);
	if (wrong)
		return line_fail(reader, "%s", wrong);
	skip_blanks(reader);
	return true;
}

bool line_string(struct line_reader *reader, char **ret_string)
{
	if (!line_bytes(reader))
		return false;
	if (memchr(reader->string.data, 0, reader->string.length))
		return line_fail(reader, "a zero byte may stand only in "
					 "output");
	*ret_string = text_format("%s", (char *)reader->string.data);
	return true;
}

bool line_string_or_none(struct line_reader *reader, char **ret_string)
{
	if (line_take_word(reader, "-")) {
		*ret_string = NULL;
		return true;
	}
	return line_string(reader, ret_string);
}
