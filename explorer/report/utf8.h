/*
 * Which bytes are UTF-8: what a program printed may be anything.
 */
#ifndef EXPLORER_REPORT_UTF8_H
#define EXPLORER_REPORT_UTF8_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

/* The length of the character that the bytes begin with, 1 to 4; 0 if they
 * begin with none (RFC 3629: no overlong forms, no surrogates). */
size_t utf8_length(const void *bytes, size_t length);

/* The length of the longest beginning of at most `length` bytes that does not
 * end within a character. */
size_t utf8_whole(const void *bytes, size_t length);

/* Appends the bytes, with U+FFFD in place of each that is no UTF-8. Returns
 * whether all were. */
bool utf8_repair(struct buffer *text, const void *bytes, size_t length);

#endif
