/*
 * Pages that are restored only if they were written.
 *
 * All writable memory of the program is registered in ranges and then
 * write-protected, once. The first write to a page faults: the page is copied
 * and becomes "hot", which it stays: from then on it is writable, and every
 * restore copies it back. So an execution costs as much as the pages that such
 * executions write, whatever the size of the rest.
 *
 *     level 0 (origin)     level 1 (base)
 *     protect ── faults ── protect ── faults ──>  now
 *
 * Protecting again begins a new level on top of the older ones: what was hot
 * below becomes cold again, and the new level keeps its own copies.
 *
 * Whoever looks at all hot pages again and again may let those rest that are
 * not written: they stay hot, but the next write to them faults, and wakes
 * them.
 */
#ifndef EXPLORER_WORLD_PAGES_H
#define EXPLORER_WORLD_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"

#define PAGES_LEVELS 2

struct hot_page {
	uint8_t *page;
	uint8_t *copy;	/* what it held when its level began */
	uint32_t quiet; /* of whoever looks at it: reset when it is woken */
	bool rests;
};

struct page_level {
	struct hot_page *hot;
	size_t count;
	size_t capacity;
	struct map known; /* page -> place in the list + 1, of each hot one */
};

struct page_range {
	uintptr_t start;
	uintptr_t end;
};

/*
 * Invariants:
 * 1. level_count <= PAGES_LEVELS.
 * 2. Once a level has begun, a page of a range is writable if and only if it
 *    is in the hot list of the topmost level, and does not rest.
 * 3. Ranges are whole pages and do not overlap.
 * 4. `awake` has the places in the hot list of the topmost level of all that do
 *    not rest; in lower levels none rests.
 */
struct pages {
	struct page_range *ranges;
	size_t range_count;
	size_t range_capacity;
	struct page_level levels[PAGES_LEVELS];
	unsigned level_count;
	uint32_t *awake;
	size_t awake_count;
	size_t awake_capacity;
	/* Pages of pages_expect(); and as a map: page -> 1. */
	uintptr_t *expected;
	size_t expected_count;
	size_t expected_capacity;
	struct map is_expected;
	/* Pages are heated in growing runs where faults come in sequence. */
	uintptr_t run_end;
	size_t run_pages;
};

/* Registers [start, start + bytes), whole mapped pages. If a level has begun
 * they must hold zeros and be readable only. Ranges that touch are joined. */
void pages_add(struct pages *pages, void *start, size_t bytes);

/* Begins a level: write-protects everything. level_count < PAGES_LEVELS. */
void pages_protect(struct pages *pages);

/* Restores every page to what it was when `level` began and drops the levels
 * above it. */
void pages_restore(struct pages *pages, unsigned level);

/* Called when a write to `address` faulted. Returns true if the page was cold,
 * or rested, and is writable now: the write is to be tried again. */
bool pages_heat(struct pages *pages, uintptr_t address);

/* Lets the page rest that awake[place] is; the last one awake takes its place.
 * Not those of pages_expect(). */
void pages_rest(struct pages *pages, size_t place);

/* Makes those pages hot, and wakes them, that [address, address + bytes) lies
 * in: the kernel is about to write there, for whom a cold page is none. */
void pages_warm(struct pages *pages, uintptr_t address, size_t bytes);
/* The same, now and whenever a level begins from now on: the kernel may write
 * there at any time. */
void pages_expect(struct pages *pages, uintptr_t address, size_t bytes);

/* Whether [address, address + bytes) lies within the ranges. */
bool pages_hold(const struct pages *pages, uintptr_t address, size_t bytes);

/* Copies the hot pages of the topmost level to `to`, which has room for
 * pages_hot_bytes(). */
size_t pages_hot_bytes(const struct pages *pages);
void pages_save(const struct pages *pages, uint8_t *to);
/* Restores to what pages_save() saved `from`, when `bytes` was the
 * topmost level's pages_hot_bytes(). The level must still be the topmost. */
void pages_load(struct pages *pages, const uint8_t *from, size_t bytes);

/* A digest of all that differs from the beginning of the topmost level. */
uint64_t pages_digest(const struct pages *pages);

#endif
