/*
 * What the world was a moment ago, kept beside it: so that what has changed can
 * be found, taken back, and counted into a digest, at the cost of the change
 * and not of the world.
 *
 *     shadow_look_...()   compares the world with its shadow, line by line of
 *                         64 bytes, and says what the digest is now
 *     shadow_keep()       the shadow becomes what the world is; what each
 *                         changed line was before is noted
 *     shadow_drop()       the world becomes what its shadow is still
 *     shadow_back()       writes the noted lines back, to a mark on the way
 *
 *     mark 0        mark 1           mark 2
 *       o── lines ──> o ── lines ──────> o       the notes are one list
 *       <─────────────┴── shadow_back ───┘
 *
 * The digest is the sum of the digests of all lines of pages and stacks; a line
 * that is all zero has none. What lies below a stack pointer is dead: it is
 * zeroed as it is looked at, so that nobody can find there what once was.
 */
#ifndef EXPLORER_WORLD_SHADOW_H
#define EXPLORER_WORLD_SHADOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "world/layout.h"
#include "world/lines.h"
#include "world/pages.h"

#define PAGE_LINES (PAGE_BYTES / LINE_BYTES)

/* A hot page as it was, and what its lines add to the digest. */
struct shadow_page {
	uint8_t bytes[PAGE_BYTES];
	struct digest digests[PAGE_LINES];
};

/* A green stack as it was. There is room for all of it, of which the system
 * gives what is used. */
struct shadow_stack {
	uint8_t *bytes; /* the uppermost lie last, as they do in the stack */
	struct digest *digests; /* likewise, a line each */
	uint64_t lines;		/* live, from the top down; others are zero */
	uint64_t lines_now;	/* as looked at last */
	uint64_t most;		/* that `lines` ever was */
};

struct shadow_note;

/* Invariant: if nothing was looked at since it was kept or dropped,
 * pending_count == 0, and the world is what the shadow is. */
struct shadow {
	struct digest digest;	    /* of the shadow */
	struct digest now;	    /* with what was looked at */
	struct shadow_page **pages; /* by place in the hot list */
	size_t page_count;
	size_t page_capacity;
	struct shadow_stack stacks[LAYOUT_SLOTS];
	struct shadow_note *notes; /* those kept; then those pending */
	size_t note_count;
	size_t pending_count;
	size_t note_capacity;
	/* For dead bytes: what ran since may have left them far down. */
	bool looks_far;
	bool blocks_changed; /* drop or back has written what heap blocks are */
	/* If set: told of each line that has changed and has a digest, of what
	 * it was and of both digests. */
	void (*changed)(void *context, const uint8_t *line, const uint8_t *was,
			struct digest old, struct digest now);
	void *changed_context;
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

/* Looks at the hot pages. Those that have not changed for long come to rest. */
void shadow_look_pages(struct shadow *shadow, struct pages *pages);

/* Looks at the stack that `slot` has, which is live from `low` up (its end if
 * the thread has ended). If the thread has run since, what is dead is zeroed,
 * down to `lowest` at most; NULL: it has not. */
void shadow_look_stack(struct shadow *shadow, uint32_t slot, uint8_t *low,
		       const uint8_t *lowest);

/* Other bytes, whose shadow is the caller's, at addresses that stay. */
struct shadow_bytes {
	void *start;
	void *was;
	size_t bytes; /* a multiple of 8 */
	/* For each line what it adds to the digest; NULL: nothing. */
	struct digest *digests;
	const uint8_t *mask; /* of the bits that count; NULL: all of them */
	uint64_t key;	     /* tells these bytes from others */
};
/* Returns true if any has changed. */
bool shadow_look_bytes(struct shadow *shadow, const struct shadow_bytes *bytes);
/* The same of those of the first LINES_MAX lines in the set, which are known to
 * have changed, or are to count anew. */
void shadow_look_lines(struct shadow *shadow, const struct shadow_bytes *bytes,
		       uint64_t lines);

void shadow_keep(struct shadow *shadow);
void shadow_drop(struct shadow *shadow);

/* What was looked at and is neither kept nor dropped: line by line, with what
 * the digest has been toggled with; nothing of lines that add nothing to it. */
struct shadow_change {
	uint8_t *line;
	struct digest digest;
};
static inline size_t shadow_change_count(const struct shadow *shadow)
{
	return shadow->pending_count;
}
struct shadow_change shadow_change(const struct shadow *shadow, size_t i);

/* What a line of pages or stacks adds to the digest. */
static inline struct digest shadow_line_digest(const uint8_t *line)
{
	return line_digest(line, (uintptr_t)line);
}

/* Of a slot's stack. Nothing is pending. */
struct digest shadow_stack_digest(const struct shadow *shadow, uint32_t slot);

/* Appends everything that the digest is the sum of: of the pages and stacks as
 * they were looked at last. */
void shadow_image(const struct shadow *shadow, const struct pages *pages,
		  struct buffer *image);

/* Puts the world and its shadow back to what they were at the mark, but for the
 * digest, which was `digest` then. Nothing is pending. */
void shadow_back(struct shadow *shadow, size_t mark, struct digest digest);

#endif
