/*
 * What the world was a moment ago, kept beside it: so that what has changed can
 * be found, taken back, and counted into a digest, at the cost of the change
 * and not of the world.
 *
 *     shadow_take_...()   compares the world with its shadow, line by line of
 *                         64 bytes; notes what each changed line was before
 *     shadow_back()       writes the noted lines back, to a mark on the way
 *
 *     mark 0        mark 1           mark 2
 *       o── lines ──> o ── lines ──────> o       the notes are one list
 *       <─────────────┴── shadow_back ───┘
 *
 * The digest is the sum of the digests of all lines of pages and stacks that
 * are not what they were at the beginning; a line of a stack that is all zero
 * has none. What lies below a stack pointer is dead: it is zeroed as it is
 * taken, so that nobody can find there what once was.
 *
 * Other bytes (shadow_take_bytes) are noted and taken back, but what they mean
 * for the digest is the caller's business.
 */
#ifndef EXPLORER_WORLD_SHADOW_H
#define EXPLORER_WORLD_SHADOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "world/layout.h"
#include "world/pages.h"

#define LINE_BYTES 64U
#define PAGE_LINES (PAGE_BYTES / LINE_BYTES)

/* A hot page as it was, and what its lines add to the digest. */
struct shadow_page {
	uint8_t bytes[PAGE_BYTES];
	struct digest digests[PAGE_LINES];
};

/* A green stack as it was: line 0 is the uppermost. There is room for all of
 * it, of which the system gives what is used. */
struct shadow_stack {
	uint8_t *bytes;
	struct digest *digests;
	uint64_t lines; /* from the top down; those beyond are zero */
	uint64_t most;	/* that `lines` ever was */
};

struct shadow_note;

struct shadow {
	struct digest digest;
	struct shadow_page **pages; /* by place in the hot list */
	size_t page_count;
	size_t page_capacity;
	struct shadow_stack stacks[LAYOUT_SLOTS];
	struct shadow_note *notes;
	size_t note_count;
	size_t note_capacity;
};

/* Everything is now as it was when the topmost level began, and no stack is
 * known yet. */
void shadow_begin(struct shadow *shadow);
void shadow_fini(struct shadow *shadow);

/* Where shadow_back() can come to. */
static inline size_t shadow_mark(const struct shadow *shadow)
{
	return shadow->note_count;
}

/* Takes in what has changed: in the hot pages; in the stack that `slot` has,
 * which is live from `low` up (its end if the thread has ended). */
void shadow_take_pages(struct shadow *shadow, const struct pages *pages);
void shadow_take_stack(struct shadow *shadow, uint32_t slot, uint8_t *low);
/* The same for other bytes, whose shadow is the caller's, at an address that
 * stays; true if any has changed. A digest that shadow_back() is to put back
 * with them may be given, or NULL. */
bool shadow_take_bytes(struct shadow *shadow, void *start, void *known,
		       size_t bytes, struct digest *digest);

/* Appends everything that the digest is the sum of. */
void shadow_image(const struct shadow *shadow, const struct pages *pages,
		  struct buffer *image);

/* Puts the world and its shadow back to what they were at the mark; the digest
 * is the caller's to put back. */
void shadow_back(struct shadow *shadow, size_t mark);

#endif
