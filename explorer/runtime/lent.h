/*
 * Lines of stacks that other threads than their own have accessed, in whatever
 * execution: what such a thread does may depend on them.
 */
#ifndef EXPLORER_RUNTIME_LENT_H
#define EXPLORER_RUNTIME_LENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"

/* Zeroed is valid and empty. */
struct lent {
	struct map lines; /* address -> 1 */
};

/* The thread with that slot accesses [address, address + bytes). */
void lent_note(struct lent *lent, uint32_t slot, uintptr_t address,
	       size_t bytes);

static inline bool lent_has(const struct lent *lent, uintptr_t line)
{
	return map_get(&lent->lines, line) != NULL;
}

#endif
