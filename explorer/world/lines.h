/*
 * Memory by lines of 64 bytes: which of them differ, copied, zeroed, digested.
 */
#ifndef EXPLORER_WORLD_LINES_H
#define EXPLORER_WORLD_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"

#define LINE_BYTES 64U

/* So many are compared at a time. */
#define LINES_MAX 64U

/* Which of `count` lines, LINES_MAX at most, differ: a bit each. */
uint64_t lines_differing(const uint8_t *lines, const uint8_t *others,
			 size_t count);

/* Whether so many lines are all zero. */
bool lines_are_zero(const uint8_t *lines, size_t count);

typedef uint64_t line_words
	__attribute__((vector_size(16), aligned(1), may_alias));

static inline bool line_is_zero(const uint8_t *line)
{
	const line_words *a = (const line_words *)line;
	line_words any = a[0] | a[1] | a[2] | a[3];

	return (any[0] | any[1]) == 0;
}

static inline void line_copy(uint8_t *to, const uint8_t *from)
{
	line_words *a = (line_words *)to;
	const line_words *b = (const line_words *)from;

	for (unsigned i = 0; i < LINE_BYTES / sizeof(*a); i++)
		a[i] = b[i];
}

static inline void line_zero(uint8_t *line)
{
	line_words *a = (line_words *)line;

	for (unsigned i = 0; i < LINE_BYTES / sizeof(*a); i++)
		a[i] = (line_words){0};
}

/* A digest of the line, which tells it from the same bytes elsewhere by `key`;
 * nothing if it is all zero. */
static inline struct digest line_digest(const uint8_t *line, uint64_t key)
{
	struct digest nothing = {0};

	return line_is_zero(line) ? nothing : hash_line(line, key);
}

/* Those bits of the line that the mask has. */
static inline void line_and(uint8_t *to, const uint8_t *from,
			    const uint8_t *mask)
{
	line_words *a = (line_words *)to;
	const line_words *b = (const line_words *)from;
	const line_words *c = (const line_words *)mask;

	for (unsigned i = 0; i < LINE_BYTES / sizeof(*a); i++)
		a[i] = b[i] & c[i];
}

#endif
