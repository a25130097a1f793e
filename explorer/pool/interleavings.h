/*
 * Numbers of interleavings: exact, however large, as decimal text.
 */
#ifndef EXPLORER_POOL_INTERLEAVINGS_H
#define EXPLORER_POOL_INTERLEAVINGS_H

#include <stddef.h>
#include <stdint.h>

#include "trace/result.h"

/* The number of so many words, the lowest first; to be freed. */
char *interleavings_text(const uint64_t *words, size_t count);

/* Adds `from`'s to `to`'s: two outcomes have become one. */
void interleavings_add(struct outcome *to, const struct outcome *from);

/* How many there are in all, and which share of them each outcome has. */
void interleavings_share(struct result *result);

#endif
