/*
 * Shadows of pages and stacks: kept, dropped, asked and gone back to. See
 * shadow.h.
 */
#include "world/shadow.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "world/shadow_parts.h"
#include "world/stacks.h"

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

void shadow_open_stack(struct shadow_stack *stack, uint32_t slot)
{
	uint8_t *all = memory_new(STACK_BYTES_MAX + PAGE_BYTES);

	stack->bytes = all + shift_of(slot);
	stack->digests = memory_new(STACK_LINES * sizeof(*stack->digests));
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
