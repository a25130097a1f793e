/*
 * "Did you mean": the nearest of some names to a word that is none of them.
 */
#ifndef EXPLORER_CLI_NEAREST_H
#define EXPLORER_CLI_NEAREST_H

#include "base/buffer.h"

/* The best candidate so far. Begin with the word alone. */
struct nearest {
	const char *word;
	const char *name; /* NULL: nothing is near enough */
	unsigned distance;
};

void nearest_try(struct nearest *nearest, const char *name);

/* Appends "; did you mean '--watch'?", or nothing; `prefix` is what stands in
 * front of names. */
void nearest_suggest(struct buffer *text, const struct nearest *nearest,
		     const char *prefix);

#endif
