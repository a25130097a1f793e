/*
 * Shadows of pages and stacks. See shadow.h.
 */
#include "world/shadow.h"

#include <assert.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif
#include <string.h>

#include "base/memory.h"
#include "world/stacks.h"

/* Dead bytes are zeroed from the stack pointer down until so many lines in a
 * row are zero already. */
#define CLEAN_LINES 12U

/* What a line was. */
struct shadow_note {
	uint8_t *line;
	uint8_t *shadow;
	struct digest *digest; /* NULL: none goes with it */
	uint32_t bytes;
	struct digest old_digest;
	uint8_t old[LINE_BYTES];
};

typedef uint64_t words __attribute__((vector_size(16), aligned(1), may_alias));

typedef uint64_t wide __attribute__((vector_size(32), aligned(1), may_alias));

static inline bool line_equals(const uint8_t *line, const uint8_t *other)
{
	const words *a = (const words *)line;
	const words *b = (const words *)other;
	words difference =
		(a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3]);

	return (difference[0] | difference[1]) == 0;
}

static inline bool line_is_zero(const uint8_t *line)
{
	const words *a = (const words *)line;
	words any = a[0] | a[1] | a[2] | a[3];

	return (any[0] | any[1]) == 0;
}

static inline void line_copy(uint8_t *to, const uint8_t *from)
{
	words *a = (words *)to;
	const words *b = (const words *)from;

	for (unsigned i = 0; i < LINE_BYTES / sizeof(*a); i++)
		a[i] = b[i];
}

static inline void line_zero(uint8_t *line)
{
	words *a = (words *)line;

	for (unsigned i = 0; i < LINE_BYTES / sizeof(*a); i++)
		a[i] = (words){0};
}

static struct digest digest_of(const uint8_t *line, const uint8_t *content)
{
	return hash_line(content, (uintptr_t)line);
}

/* As many lines as a stack has. */
#define STACK_LINES (STACK_BYTES / LINE_BYTES)

void shadow_begin(struct shadow *shadow)
{
	for (size_t i = 0; i < shadow->page_count; i++)
		memory_free(shadow->pages[i], sizeof(*shadow->pages[i]));
	shadow->page_count = 0;
	for (uint32_t i = 0; i < LAYOUT_SLOTS; i++) {
		struct shadow_stack *stack = &shadow->stacks[i];

		if (!stack->bytes)
			continue;
		memset(stack->bytes, 0, stack->most * LINE_BYTES);
		memset(stack->digests, 0,
		       stack->most * sizeof(*stack->digests));
		stack->lines = 0;
		stack->most = 0;
	}
	shadow->note_count = 0;
	shadow->digest = (struct digest){0};
}

void shadow_fini(struct shadow *shadow)
{
	shadow_begin(shadow);
	memory_free(shadow->pages,
		    shadow->page_capacity * sizeof(*shadow->pages));
	for (uint32_t i = 0; i < LAYOUT_SLOTS; i++) {
		struct shadow_stack *stack = &shadow->stacks[i];

		memory_free(stack->bytes, STACK_BYTES);
		memory_free(stack->digests,
			    STACK_LINES * sizeof(*stack->digests));
	}
	memory_free(shadow->notes,
		    shadow->note_capacity * sizeof(*shadow->notes));
	memset(shadow, 0, sizeof(*shadow));
}

static struct shadow_note *note(struct shadow *shadow, uint8_t *line,
				uint8_t *was, uint32_t bytes)
{
	struct shadow_note *note;

	memory_reserve((void **)&shadow->notes, &shadow->note_capacity,
		       shadow->note_count + 1, sizeof(*shadow->notes));
	note = &shadow->notes[shadow->note_count++];
	note->line = line;
	note->shadow = was;
	note->bytes = bytes;
	if (bytes == LINE_BYTES)
		line_copy(note->old, was);
	else
		memcpy(note->old, was, bytes);
	return note;
}

/* The line has become `content`, whose digest is `digest`. */
static void change(struct shadow *shadow, uint8_t *line, uint8_t *was,
		   struct digest *digest, struct digest now)
{
	struct shadow_note *changed = note(shadow, line, was, LINE_BYTES);

	changed->digest = digest;
	changed->old_digest = *digest;
	digest_toggle(&shadow->digest, *digest);
	digest_toggle(&shadow->digest, now);
	*digest = now;
	line_copy(was, line);
}

/* --- Pages */

static struct shadow_page *page_new(const struct hot_page *hot)
{
	struct shadow_page *page = memory_new(sizeof(*page));

	memcpy(page->bytes, hot->copy, PAGE_BYTES);
	for (unsigned i = 0; i < PAGE_LINES; i++)
		page->digests[i] = digest_of(hot->page + i * LINE_BYTES,
					     page->bytes + i * LINE_BYTES);
	return page;
}

/* Which of a page's lines differ from the other's: a bit each. Nearly all of
 * the time goes here, so it is done in the widest registers there are. */
static inline __attribute__((always_inline)) uint64_t
compare(const uint8_t *page, const uint8_t *other)
{
	uint64_t differing = 0;

	for (unsigned i = 0; i < PAGE_LINES; i++) {
		const wide *a = (const wide *)(page + i * LINE_BYTES);
		const wide *b = (const wide *)(other + i * LINE_BYTES);
		wide difference = (a[0] ^ b[0]) | (a[1] ^ b[1]);
		uint64_t any = difference[0] | difference[1] | difference[2] |
			       difference[3];

		differing |= (uint64_t)(any != 0) << i;
	}
	return differing;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static uint64_t
compare_avx2(const uint8_t *page, const uint8_t *other)
{
	uint64_t differing = 0;

	for (unsigned i = 0; i < PAGE_LINES; i++) {
		const __m256i_u *a = (const __m256i_u *)(page + i * LINE_BYTES);
		const __m256i_u *b =
			(const __m256i_u *)(other + i * LINE_BYTES);
		__m256i difference = (a[0] ^ b[0]) | (a[1] ^ b[1]);

		if (!_mm256_testz_si256(difference, difference))
			differing |= (uint64_t)1 << i;
	}
	return differing;
}

static uint64_t differing_lines(const uint8_t *page, const uint8_t *other)
{
	if (__builtin_cpu_supports("avx2"))
		return compare_avx2(page, other);
	return compare(page, other);
}
#else
static uint64_t differing_lines(const uint8_t *page, const uint8_t *other)
{
	return compare(page, other);
}
#endif

static void take_page(struct shadow *shadow, uint8_t *from,
		      struct shadow_page *page)
{
	uint64_t left = differing_lines(from, page->bytes);

	for (; left != 0; left &= left - 1) {
		unsigned i = (unsigned)__builtin_ctzll(left);
		uint8_t *line = from + i * LINE_BYTES;

		change(shadow, line, page->bytes + i * LINE_BYTES,
		       &page->digests[i], digest_of(line, line));
	}
}

void shadow_take_pages(struct shadow *shadow, const struct pages *pages)
{
	const struct page_level *level = &pages->levels[pages->level_count - 1];

	memory_reserve((void **)&shadow->pages, &shadow->page_capacity,
		       level->count, sizeof(*shadow->pages));
	while (shadow->page_count < level->count) {
		shadow->pages[shadow->page_count] =
			page_new(&level->hot[shadow->page_count]);
		shadow->page_count++;
	}
	for (size_t i = 0; i < shadow->page_count; i++)
		take_page(shadow, level->hot[i].page, shadow->pages[i]);
}

/* --- Stacks */

static void open_stack(struct shadow_stack *stack)
{
	stack->bytes = memory_new(STACK_BYTES);
	stack->digests = memory_new(STACK_LINES * sizeof(*stack->digests));
}

/* How many lines are live has changed, too. */
static void set_lines(struct shadow *shadow, struct shadow_stack *stack,
		      uint64_t lines)
{
	uint8_t *count = (uint8_t *)&stack->lines;

	if (lines == stack->lines)
		return;
	note(shadow, count, count, sizeof(stack->lines))->digest = NULL;
	stack->lines = lines;
	if (stack->most < lines)
		stack->most = lines;
}

/* Zeroes what is dead below `low`. */
static void clean(uint8_t *low, const uint8_t *lowest)
{
	uint8_t *line = (uint8_t *)((uintptr_t)low & ~(uintptr_t)63);
	unsigned clean_lines = 0;

	for (uint64_t *word = (uint64_t *)line; word < (uint64_t *)low; word++)
		*word = 0;
	while (clean_lines < CLEAN_LINES && line > lowest) {
		line -= LINE_BYTES;
		clean_lines++;
		if (line_is_zero(line))
			continue;
		line_zero(line);
		clean_lines = 0;
	}
}

void shadow_take_stack(struct shadow *shadow, uint32_t slot, uint8_t *low)
{
	struct shadow_stack *stack = &shadow->stacks[slot];
	uint8_t *top = (uint8_t *)stacks_top(slot);
	size_t live = ((size_t)(top - low) + LINE_BYTES - 1) / LINE_BYTES;
	size_t lines = live > stack->lines ? live : stack->lines;

	if (!stack->bytes)
		open_stack(stack);
	for (size_t i = live; i < stack->lines; i++)
		line_zero(top - (i + 1) * LINE_BYTES);
	clean(low, top - STACK_BYTES);
	for (size_t i = 0; i < lines; i++) {
		uint8_t *line = top - (i + 1) * LINE_BYTES;
		uint8_t *was = stack->bytes + i * LINE_BYTES;
		struct digest now = {0};

		if (line_equals(line, was))
			continue;
		if (!line_is_zero(line))
			now = digest_of(line, line);
		change(shadow, line, was, &stack->digests[i], now);
	}
	set_lines(shadow, stack, live);
}

/* --- Other bytes */

bool shadow_take_bytes(struct shadow *shadow, void *start, void *known,
		       size_t bytes, struct digest *digest)
{
	uint8_t *from = start;
	uint8_t *was = known;
	bool changed = false;

	for (size_t at = 0; at < bytes; at += LINE_BYTES) {
		size_t left = bytes - at;
		uint32_t length =
			left < LINE_BYTES ? (uint32_t)left : LINE_BYTES;
		struct shadow_note *noted;

		if (length == LINE_BYTES
			    ? line_equals(from + at, was + at)
			    : memcmp(from + at, was + at, length) == 0)
			continue;
		noted = note(shadow, from + at, was + at, length);
		noted->digest = digest;
		if (digest)
			noted->old_digest = *digest;
		if (length == LINE_BYTES)
			line_copy(was + at, from + at);
		else
			memcpy(was + at, from + at, length);
		changed = true;
	}
	return changed;
}

/* --- Images */

static void put_line(struct buffer *image, uintptr_t address,
		     const uint8_t *bytes)
{
	buffer_put_u64(image, address);
	buffer_put(image, bytes, LINE_BYTES);
}

/* Where pages got hot one after the other, so they stand in all images. */
void shadow_image(const struct shadow *shadow, const struct pages *pages,
		  struct buffer *image)
{
	const struct page_level *level = &pages->levels[pages->level_count - 1];

	for (size_t i = 0; i < shadow->page_count; i++)
		for (size_t at = 0; at < PAGE_BYTES; at += LINE_BYTES)
			if (!line_equals(shadow->pages[i]->bytes + at,
					 level->hot[i].copy + at))
				put_line(image,
					 (uintptr_t)level->hot[i].page + at,
					 shadow->pages[i]->bytes + at);
	for (uint32_t slot = 0; slot < LAYOUT_SLOTS; slot++) {
		const struct shadow_stack *stack = &shadow->stacks[slot];

		for (size_t i = 0; i < stack->lines; i++)
			if (!line_is_zero(stack->bytes + i * LINE_BYTES))
				put_line(image,
					 stacks_top(slot) -
						 (i + 1) * LINE_BYTES,
					 stack->bytes + i * LINE_BYTES);
	}
}

/* --- Going back */

void shadow_back(struct shadow *shadow, size_t mark)
{
	assert(mark <= shadow->note_count);
	while (shadow->note_count > mark) {
		const struct shadow_note *note =
			&shadow->notes[--shadow->note_count];

		if (note->bytes == LINE_BYTES) {
			line_copy(note->line, note->old);
			line_copy(note->shadow, note->old);
		} else {
			memcpy(note->line, note->old, note->bytes);
			memcpy(note->shadow, note->old, note->bytes);
		}
		if (note->digest)
			*note->digest = note->old_digest;
	}
}
