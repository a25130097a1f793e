/*
 * Shadows of pages and stacks. See shadow.h.
 */
#include "world/shadow.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "world/stacks.h"

/* Dead bytes are zeroed from the stack pointer down until so many lines in a
 * row are zero already. */
#define CLEAN_LINES 12U
#define CLEAN_BYTES ((size_t)CLEAN_LINES * LINE_BYTES)

/* A page that was the same so many times comes to rest: to be woken costs about
 * as much as comparing it that often. */
#define REST_AFTER 128U

/* What a line was; or, as long as it is pending, what its digest is going to
 * be. */
struct shadow_note {
	uint8_t *line;
	uint8_t *was;
	struct digest *digest; /* NULL: none goes with it */
	struct digest other;   /* the one that *digest is not */
	uint32_t bytes;
	uint8_t old[LINE_BYTES];
};

/* As many lines as a stack may have. */
#define STACK_LINES (STACK_BYTES_MAX / LINE_BYTES)

/* All stacks end at the same place in a page, and so at the same few places in
 * the processor's cache: their shadows are put apart from them and each other,
 * by 1 to 3 times this much. */
#define SHIFT_BYTES ((size_t)PAGE_BYTES / 4)

/* --- Beginning and ending */

static void forget_stack(struct shadow_stack *stack)
{
	size_t from = STACK_LINES - stack->most;

	if (!stack->bytes)
		return;
	memset(stack->bytes + from * LINE_BYTES, 0, stack->most * LINE_BYTES);
	memset(stack->digests + from, 0, stack->most * sizeof(*stack->digests));
	stack->lines = stack->lines_now = stack->most = 0;
}

void shadow_begin(struct shadow *shadow)
{
	for (size_t i = 0; i < shadow->page_count; i++)
		memory_free(shadow->pages[i], sizeof(*shadow->pages[i]));
	shadow->page_count = 0;
	for (uint32_t i = 0; i < LAYOUT_SLOTS; i++)
		forget_stack(&shadow->stacks[i]);
	shadow->note_count = 0;
	shadow->pending_count = 0;
	shadow->digest = shadow->now = (struct digest){0};
}

static size_t shift_of(uint32_t slot)
{
	return (slot % 3 + 1) * SHIFT_BYTES;
}

void shadow_fini(struct shadow *shadow)
{
	shadow_begin(shadow);
	memory_free(shadow->pages,
		    shadow->page_capacity * sizeof(*shadow->pages));
	for (uint32_t i = 0; i < LAYOUT_SLOTS; i++) {
		struct shadow_stack *stack = &shadow->stacks[i];

		if (stack->bytes)
			memory_free(stack->bytes - shift_of(i),
				    STACK_BYTES_MAX + PAGE_BYTES);
		memory_free(stack->digests,
			    STACK_LINES * sizeof(*stack->digests));
	}
	memory_free(shadow->notes,
		    shadow->note_capacity * sizeof(*shadow->notes));
	memset(shadow, 0, sizeof(*shadow));
}

/* --- What is pending */

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

static struct digest digest_of(const uint8_t *line, uint64_t key)
{
	struct digest nothing = {0};

	return line_is_zero(line) ? nothing : hash_line(line, key);
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

static inline void copy(uint8_t *to, const uint8_t *from, uint32_t bytes)
{
	if (bytes == LINE_BYTES)
		line_copy(to, from);
	else
		memcpy(to, from, bytes);
}

void shadow_keep(struct shadow *shadow)
{
	size_t end = shadow->note_count + shadow->pending_count;

	for (size_t i = shadow->note_count; i < end; i++) {
		struct shadow_note *note = &shadow->notes[i];

		copy(note->old, note->was, note->bytes);
		copy(note->was, note->line, note->bytes);
		if (note->digest) {
			struct digest old = *note->digest;

			*note->digest = note->other;
			note->other = old;
		}
	}
	shadow->note_count = end;
	shadow->pending_count = 0;
	shadow->digest = shadow->now;
}

static inline bool is_of_blocks(const uint8_t *line)
{
	return (uintptr_t)line - LAYOUT_BLOCKS < (uintptr_t)LAYOUT_SLOTS
							 << LAYOUT_BLOCK_SHIFT;
}

void shadow_drop(struct shadow *shadow)
{
	size_t end = shadow->note_count + shadow->pending_count;

	for (size_t i = shadow->note_count; i < end; i++) {
		const struct shadow_note *note = &shadow->notes[i];

		copy(note->line, note->was, note->bytes);
		shadow->blocks_changed |= is_of_blocks(note->line);
	}
	shadow->pending_count = 0;
	shadow->now = shadow->digest;
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
			   &digests[i], digest_of(line, (uintptr_t)line));
	}
	return changed;
}

static struct shadow_page *page_new(const struct hot_page *hot)
{
	struct shadow_page *page = memory_new(sizeof(*page));

	memcpy(page->bytes, hot->copy, PAGE_BYTES);
	for (unsigned i = 0; i < PAGE_LINES; i++)
		page->digests[i] =
			digest_of(page->bytes + i * LINE_BYTES,
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

static void open_stack(struct shadow_stack *stack, uint32_t slot)
{
	uint8_t *all = memory_new(STACK_BYTES_MAX + PAGE_BYTES);

	stack->bytes = all + shift_of(slot);
	stack->digests = memory_new(STACK_LINES * sizeof(*stack->digests));
}

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
		open_stack(stack, slot);
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
	return digest_of(from, bytes->key + at);
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

/* --- Asking */

struct shadow_change shadow_change(const struct shadow *shadow, size_t i)
{
	const struct shadow_note *note = &shadow->notes[shadow->note_count + i];
	struct shadow_change change = {.line = note->line};

	if (note->digest) {
		change.digest = *note->digest;
		digest_toggle(&change.digest, note->other);
	}
	return change;
}

struct digest shadow_stack_digest(const struct shadow *shadow, uint32_t slot)
{
	const struct shadow_stack *stack = &shadow->stacks[slot];
	struct digest sum = {0};

	for (size_t i = STACK_LINES - stack->lines; i < STACK_LINES; i++)
		digest_toggle(&sum, stack->digests[i]);
	return sum;
}

/* --- Images */

static void put_line(struct buffer *image, const uint8_t *line)
{
	buffer_put_u64(image, (uintptr_t)line);
	buffer_put(image, line, LINE_BYTES);
}

/* Where pages got hot one after the other, so they stand in all images. */
void shadow_image(const struct shadow *shadow, const struct pages *pages,
		  struct buffer *image)
{
	const struct page_level *level = &pages->levels[pages->level_count - 1];

	for (size_t i = 0; i < level->count; i++)
		for (size_t at = 0; at < PAGE_BYTES; at += LINE_BYTES)
			if (lines_differing(level->hot[i].page + at,
					    level->hot[i].copy + at, 1))
				put_line(image, level->hot[i].page + at);
	for (uint32_t slot = 0; slot < LAYOUT_SLOTS; slot++) {
		const uint8_t *top = (const uint8_t *)stacks_top(slot);

		for (size_t i = 1; i <= shadow->stacks[slot].lines_now; i++)
			if (!line_is_zero(top - i * LINE_BYTES))
				put_line(image, top - i * LINE_BYTES);
	}
}

/* --- Going back */

void shadow_back(struct shadow *shadow, size_t mark, struct digest digest)
{
	assert(mark <= shadow->note_count && shadow->pending_count == 0);
	while (shadow->note_count > mark) {
		const struct shadow_note *note =
			&shadow->notes[--shadow->note_count];

		copy(note->line, note->old, note->bytes);
		copy(note->was, note->old, note->bytes);
		if (note->digest)
			*note->digest = note->other;
		shadow->blocks_changed |= is_of_blocks(note->line);
	}
	shadow->digest = shadow->now = digest;
}
