/*
 * What has changed since the shadow was kept: every line that differs becomes a
 * note that is pending. See shadow.h.
 */
#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "world/shadow.h"
#include "world/shadow_parts.h"
#include "world/stacks.h"

/* Dead bytes are zeroed from the stack pointer down until so many lines in a
 * row are zero already. */
#define CLEAN_LINES 12U
#define CLEAN_BYTES ((size_t)CLEAN_LINES * LINE_BYTES)

/* A page that was the same so many times comes to rest: to be woken costs about
 * as much as comparing it that often. */
#define REST_AFTER 128U

static struct shadow_note *add(struct shadow *shadow, uint8_t *line,
			       uint8_t *was, uint32_t bytes)
{
	size_t place = shadow->note_count + shadow->pending_count++;
	struct shadow_note *note;

	memory_reserve((void **)&shadow->notes, &shadow->note_capacity,
		       place + 1, sizeof(*shadow->notes));
	note = &shadow->notes[place];
	note->line = line;
	note->was = was;
	note->bytes = bytes;
	note->digest = NULL;
	return note;
}

/* The line has changed, and adds another digest now. */
static void add_digest(struct shadow *shadow, struct shadow_note *note,
		       struct digest *digest, struct digest now)
{
	note->digest = digest;
	note->other = now;
	digest_toggle(&shadow->now, *digest);
	digest_toggle(&shadow->now, now);
	if (shadow->changed)
		shadow->changed(shadow->changed_context, note->line, note->was,
				*digest, now);
}

/* --- Whole lines that lie where their digests say */

/* LINES_MAX at most. Returns whether any has changed. */
static bool look_at_lines(struct shadow *shadow, uint8_t *lines, uint8_t *were,
			  struct digest *digests, size_t count)
{
	uint64_t left = lines_differing(lines, were, count);
	bool changed = left != 0;

	for (; left != 0; left &= left - 1) {
		unsigned i = (unsigned)__builtin_ctzll(left);
		uint8_t *line = lines + i * LINE_BYTES;

		add_digest(shadow,
			   add(shadow, line, were + i * LINE_BYTES, LINE_BYTES),
			   &digests[i], line_digest(line, (uintptr_t)line));
	}
	return changed;
}

static struct shadow_page *page_new(const struct hot_page *hot)
{
	struct shadow_page *page = memory_new(sizeof(*page));

	memcpy(page->bytes, hot->copy, PAGE_BYTES);
	for (unsigned i = 0; i < PAGE_LINES; i++)
		page->digests[i] =
			line_digest(page->bytes + i * LINE_BYTES,
				    (uintptr_t)hot->page + i * LINE_BYTES);
	return page;
}

void shadow_look_pages(struct shadow *shadow, struct pages *pages)
{
	struct page_level *level = &pages->levels[pages->level_count - 1];

	memory_reserve((void **)&shadow->pages, &shadow->page_capacity,
		       level->count, sizeof(*shadow->pages));
	while (shadow->page_count < level->count) {
		shadow->pages[shadow->page_count] =
			page_new(&level->hot[shadow->page_count]);
		shadow->page_count++;
	}
	for (size_t i = pages->awake_count; i-- > 0;) {
		struct hot_page *hot = &level->hot[pages->awake[i]];
		struct shadow_page *page = shadow->pages[pages->awake[i]];

		if (look_at_lines(shadow, hot->page, page->bytes, page->digests,
				  PAGE_LINES))
			hot->quiet = 0;
		else if (++hot->quiet >= REST_AFTER)
			pages_rest(pages, i);
	}
}

/* --- Stacks */

/* The same after what may have reached far down, with gaps. */
#define CLEAN_LINES_FAR 512U

/* Zeroes what is dead below `low`. */
static void clean(uint8_t *low, const uint8_t *lowest, unsigned far)
{
	uint8_t *line = (uint8_t *)((uintptr_t)low & ~(uintptr_t)63);
	unsigned clean_lines = 0;

	for (uint64_t *word = (uint64_t *)line; word < (uint64_t *)low; word++)
		*word = 0;
	/* As it is nearly always. */
	if (far == CLEAN_LINES && line >= lowest + CLEAN_BYTES &&
	    lines_are_zero(line - CLEAN_BYTES, CLEAN_LINES))
		return;
	while (clean_lines < far && line > lowest) {
		line -= LINE_BYTES;
		clean_lines++;
		if (line_is_zero(line))
			continue;
		line_zero(line);
		clean_lines = 0;
	}
}

/* How many lines are live has changed, too. */
static void set_lines(struct shadow *shadow, struct shadow_stack *stack,
		      uint64_t lines)
{
	if (lines == stack->lines)
		return;
	stack->lines_now = lines;
	add(shadow, (uint8_t *)&stack->lines_now, (uint8_t *)&stack->lines,
	    sizeof(stack->lines));
	if (stack->most < lines)
		stack->most = lines;
}

void shadow_look_stack(struct shadow *shadow, uint32_t slot, uint8_t *low,
		       const uint8_t *lowest)
{
	struct shadow_stack *stack = &shadow->stacks[slot];
	uint8_t *top = (uint8_t *)stacks_top(slot);
	size_t live = ((size_t)(top - low) + LINE_BYTES - 1) / LINE_BYTES;
	size_t lines = live > stack->lines ? live : stack->lines;

	if (!stack->bytes)
		shadow_open_stack(stack, slot);
	if (lowest) {
		for (size_t i = live; i < stack->lines; i++)
			line_zero(top - (i + 1) * LINE_BYTES);
		clean(low, lowest,
		      shadow->looks_far ? CLEAN_LINES_FAR : CLEAN_LINES);
	}
	for (size_t left = lines; left > 0;) {
		size_t count = left < LINES_MAX ? left : LINES_MAX;
		size_t first = STACK_LINES - left;

		look_at_lines(shadow, top - left * LINE_BYTES,
			      stack->bytes + first * LINE_BYTES,
			      stack->digests + first, count);
		left -= count;
	}
	set_lines(shadow, stack, live);
}

/* --- Other bytes */

/* A line that is shorter counts as if zeros followed. */
static struct digest masked_digest(const struct shadow_bytes *bytes, size_t at,
				   uint32_t length)
{
	const uint8_t *from = (const uint8_t *)bytes->start + at;
	uint8_t line[LINE_BYTES] = {0};
	uint8_t mask[LINE_BYTES] = {0};

	if (length < LINE_BYTES) {
		memcpy(line, from, length);
		from = line;
	}
	if (bytes->mask && length < LINE_BYTES) {
		memcpy(mask, bytes->mask + at, length);
		line_and(line, from, mask);
		from = line;
	} else if (bytes->mask) {
		line_and(line, from, bytes->mask + at);
		from = line;
	}
	return line_digest(from, bytes->key + at);
}

static void add_bytes(struct shadow *shadow, const struct shadow_bytes *bytes,
		      size_t at, uint32_t length)
{
	struct shadow_note *note = add(shadow, (uint8_t *)bytes->start + at,
				       (uint8_t *)bytes->was + at, length);

	if (bytes->digests)
		add_digest(shadow, note, &bytes->digests[at / LINE_BYTES],
			   masked_digest(bytes, at, length));
}

void shadow_look_lines(struct shadow *shadow, const struct shadow_bytes *bytes,
		       uint64_t lines)
{
	for (; lines != 0; lines &= lines - 1)
		add_bytes(shadow, bytes,
			  (size_t)__builtin_ctzll(lines) * LINE_BYTES,
			  LINE_BYTES);
}

/* Up to LINES_MAX whole lines. */
static bool look_at_whole(struct shadow *shadow,
			  const struct shadow_bytes *bytes, size_t at,
			  size_t count)
{
	const uint8_t *start = bytes->start;
	const uint8_t *was = bytes->was;
	uint64_t left = lines_differing(start + at, was + at, count);
	bool changed = left != 0;

	for (; left != 0; left &= left - 1)
		add_bytes(shadow, bytes,
			  at + (size_t)__builtin_ctzll(left) * LINE_BYTES,
			  LINE_BYTES);
	return changed;
}

static bool words_differ(const uint8_t *bytes, const uint8_t *others,
			 size_t length)
{
	uint64_t any = 0;

	for (size_t i = 0; i < length; i += 8) {
		uint64_t one;
		uint64_t other;

		memcpy(&one, bytes + i, 8);
		memcpy(&other, others + i, 8);
		any |= one ^ other;
	}
	return any != 0;
}

/* The last line, which is shorter. */
static bool look_at_rest(struct shadow *shadow,
			 const struct shadow_bytes *bytes, size_t at)
{
	const uint8_t *start = bytes->start;
	const uint8_t *was = bytes->was;
	size_t length = bytes->bytes - at;

	if (length == 0 || !words_differ(start + at, was + at, length))
		return false;
	add_bytes(shadow, bytes, at, (uint32_t)length);
	return true;
}

bool shadow_look_bytes(struct shadow *shadow, const struct shadow_bytes *bytes)
{
	size_t lines = bytes->bytes / LINE_BYTES;
	bool changed = false;

	assert(bytes->bytes % 8 == 0);
	for (size_t i = 0; i < lines; i += LINES_MAX)
		changed |= look_at_whole(shadow, bytes, i * LINE_BYTES,
					 lines - i < LINES_MAX ? lines - i
							       : LINES_MAX);
	changed |= look_at_rest(shadow, bytes, lines * LINE_BYTES);
	return changed;
}
