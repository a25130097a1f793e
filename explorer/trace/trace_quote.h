/*
 * Strings in a trace file: any bytes, on one line, easy on the eye.
 *
 * A string of printable ASCII without blank, '"', '\' and '#' stands as it
 * is; others stand in double quotes. Within quotes \n \t \" \\ are as in C,
 * and \x is followed by exactly two hexadecimal digits; valid UTF-8 stands
 * as it is, unless it would control a terminal. "-" alone is quoted, because
 * bare it means "none".
 */
#ifndef EXPLORER_TRACE_TRACE_QUOTE_H
#define EXPLORER_TRACE_TRACE_QUOTE_H

#include <stddef.h>

#include "base/buffer.h"

/* Appends the bytes, bare if they can be. NULL is written as -. */
void quote_put(struct buffer *text, const char *string);
/* Appends the bytes in quotes. */
void quote_put_quoted(struct buffer *text, const void *bytes, size_t length);

/*
 * Reads the string, quoted or bare, that starts at *next and moves *next
 * behind it. Appends its bytes to *ret_bytes, and a zero behind its length.
 * Returns NULL, or what is wrong in a few words ("a quote is not closed").
 */
const char *quote_get(const char **next, struct buffer *ret_bytes);

#endif
