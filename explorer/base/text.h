/*
 * Strings that are put together piece by piece (the command only).
 */
#ifndef EXPLORER_BASE_TEXT_H
#define EXPLORER_BASE_TEXT_H

#include "base/buffer.h"

/* Appends to a buffer as printf would; the final zero is kept behind
 * buffer->length, so that buffer->data is a C string at any time. */
void text_add(struct buffer *text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Returns a new string, as printf would make it; owned by the caller, who
 * frees it with free(). */
char *text_format(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/* Whether both are the same text, or NULL. */
bool text_is_same(const char *a, const char *b);

/* How many single-character edits turn a into b (Levenshtein distance). For
 * "did you mean". */
unsigned text_distance(const char *a, const char *b);

/* The ending of a C or C++ file's name, ".c", ".cpp" ...; NULL if it has none
 * of them, or nothing else. */
const char *text_source_ending(const char *name);
/* Whether the name is that of a C++ file. */
bool text_is_cplusplus(const char *name);

#endif
