/*
 * A text file taken apart line by line and word by word, with a limit on
 * everything, so that no file can ask for more memory than it has bytes; and
 * the one sentence that says what is wrong with it (private to trace/).
 *
 * After the first error every function returns false and changes nothing, so
 * that a caller may check once for several calls.
 */
#ifndef EXPLORER_TRACE_TRACE_LINES_H
#define EXPLORER_TRACE_TRACE_LINES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buffer.h"
#include "trace/trace.h"

/* Far more than an argument or an expression can have, even escaped. */
#define LINE_BYTES_MAX (1U << 20)

/*
 * Invariants:
 * 1. line holds the current line without its line break, and a final zero
 *    behind its length.
 * 2. next points into it, at no blank.
 */
struct line_reader {
	FILE *file;
	struct buffer line;
	struct buffer string; /* the last one read */
	const char *next;
	unsigned number;   /* of the current line, from 1 */
	uint64_t checksum; /* of the lines before it, comments left out */
	bool failed;
	struct trace_error *error;
};

void line_reader_fini(struct line_reader *reader);

/* Always returns false. line_fail() names the current line. */
bool line_fail(struct line_reader *reader, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
bool line_fail_at(struct line_reader *reader, unsigned line, const char *format,
		  ...) __attribute__((format(printf, 3, 4)));

/* Goes to the next line that is neither blank nor a comment. *ret_end: there
 * is none. */
bool line_next(struct line_reader *reader, bool *ret_end);
/* The same; the end of the file is an error. */
bool line_want(struct line_reader *reader);

/* Nothing is left on the line. */
bool line_is_done(const struct line_reader *reader);
bool line_want_done(struct line_reader *reader);
/* The word at `next` is this one: it is skipped. Otherwise nothing is. */
bool line_take_word(struct line_reader *reader, const char *word);
/* How many bytes up to the next blank. */
size_t line_word_length(const struct line_reader *reader);

/* The word at `next`, for an error message: cut, and fit to print. Valid until
 * the next call. */
const char *line_excerpt(struct line_reader *reader);

/* A decimal number of at most `most`. */
bool line_number(struct line_reader *reader, uint64_t most,
		 uint64_t *ret_number);
/* Sixteen hexadecimal digits. */
bool line_hash(struct line_reader *reader, uint64_t *ret_hash);
/* One of the names; *ret_index is its place in the list. */
bool line_name(struct line_reader *reader, const char *const *names,
	       size_t count, const char *what, size_t *ret_index);
/* A string, in reader->string: any bytes. */
bool line_bytes(struct line_reader *reader);
/* A string without zero bytes, owned by the caller (free()). */
bool line_string(struct line_reader *reader, char **ret_string);
/* The same, or NULL where a bare "-" stands. */
bool line_string_or_none(struct line_reader *reader, char **ret_string);

#endif
