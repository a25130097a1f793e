/*
 * Lines of stacks that other threads than their own have accessed, in whatever
 * execution: what such a thread does may depend on them, and when the frame
 * ends that they are part of matters to others (frame_end.h).
 */
#ifndef EXPLORER_RUNTIME_LENT_H
#define EXPLORER_RUNTIME_LENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "world/layout.h"

struct visible;

/* The part of a stack that has anything lent or visible in it. */
struct lent_part {
	uintptr_t low;
	uintptr_t high; /* 0: there is none */
};

/* Zeroed is valid and empty. */
struct lent {
	struct map lines;     /* address -> 1; 2: a frame ended there */
	uint64_t ended;	      /* how many of these there are */
	uintptr_t parts_high; /* of all parts */
	uintptr_t high;	      /* the same; or UINTPTR_MAX: lent_watch_all() */
	struct lent_part parts[LAYOUT_SLOTS];
};

/* The thread with that slot accesses [address, address + bytes). */
void lent_note(struct lent *lent, uint32_t slot, uintptr_t address,
	       size_t bytes);

/* What is visible of stacks is lent, too. */
void lent_cover(struct lent *lent, const struct visible *visible);

/* Whether the ends of all frames are of interest, lent or not. */
void lent_watch_all(struct lent *lent, bool all);

static inline bool lent_has(const struct lent *lent, uintptr_t line)
{
	return map_get(&lent->lines, line) != NULL;
}

/* A frame that has part of the line, which is lent, ends. */
static inline void lent_end(struct lent *lent, uintptr_t line)
{
	uint64_t *known = map_put(&lent->lines, line);

	lent->ended += *known == 1;
	*known = 2;
}

/* Whether any did, in whatever execution. */
static inline bool lent_has_ended(const struct lent *lent, uintptr_t line)
{
	const uint64_t *known = map_get(&lent->lines, line);

	return known && *known == 2;
}

#endif
