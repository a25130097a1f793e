/*
 * Write protection and copies of pages. See pages.h for the idea.
 */
#include "world/pages.h"

#include <assert.h>
#include <string.h>
#include <sys/mman.h>

#include "base/hash.h"
#include "base/memory.h"
#include "world/layout.h"

/* The longest run of pages heated by one fault. */
#define RUN_PAGES_MAX 64U

/* By libc's memcpy: of a length that it knows the compiler makes one string
 * instruction, which takes longer to begin than libc to be done. */
static void copy_page(void *to, const void *from)
{
	size_t bytes = PAGE_BYTES;

	__asm__("" : "+r"(bytes));
	memcpy(to, from, bytes);
}

static uintptr_t page_of(uintptr_t address)
{
	return address & ~(uintptr_t)(PAGE_BYTES - 1);
}

static struct page_level *topmost(struct pages *pages)
{
	assert(pages->level_count > 0);
	return &pages->levels[pages->level_count - 1];
}

static const struct page_level *top_of(const struct pages *pages)
{
	assert(pages->level_count > 0);
	return &pages->levels[pages->level_count - 1];
}

void pages_add(struct pages *pages, void *start, size_t bytes)
{
	uintptr_t from = (uintptr_t)start;

	assert(from % PAGE_BYTES == 0 && bytes % PAGE_BYTES == 0);
	for (size_t i = 0; i < pages->range_count; i++) {
		if (pages->ranges[i].end == from) {
			pages->ranges[i].end += bytes;
			return;
		}
	}
	memory_reserve((void **)&pages->ranges, &pages->range_capacity,
		       pages->range_count + 1, sizeof(*pages->ranges));
	pages->ranges[pages->range_count++] =
		(struct page_range){from, from + bytes};
}

/* Called by the fault handler too, where errno itself may lie in a cold page:
 * it must not be written. */
static void protect_range(const struct page_range *range, int protection)
{
	int failed = mprotect((void *)range->start, range->end - range->start,
			      protection);

	assert(!failed);
}

static const struct page_range *range_of(const struct pages *pages,
					 uintptr_t address)
{
	for (size_t i = 0; i < pages->range_count; i++)
		if (address >= pages->ranges[i].start &&
		    address < pages->ranges[i].end)
			return &pages->ranges[i];
	return NULL;
}

bool pages_hold(const struct pages *pages, uintptr_t address, size_t bytes)
{
	const struct page_range *range = range_of(pages, address);

	return range && bytes <= range->end - address;
}

static bool level_has(const struct page_level *level, const uint8_t *page)
{
	return map_get(&level->known, (uintptr_t)page) != NULL;
}

static void level_add(struct page_level *level, uint8_t *page, uint8_t *copy)
{
	memory_reserve((void **)&level->hot, &level->capacity, level->count + 1,
		       sizeof(*level->hot));
	level->hot[level->count++] =
		(struct hot_page){.page = page, .copy = copy};
	*map_put(&level->known, (uintptr_t)page) = level->count;
}

/* --- Resting */

static void add_awake(struct pages *pages, size_t hot)
{
	memory_reserve((void **)&pages->awake, &pages->awake_capacity,
		       pages->awake_count + 1, sizeof(*pages->awake));
	pages->awake[pages->awake_count++] = (uint32_t)hot;
}

static struct page_range whole_page(const struct hot_page *hot)
{
	return (struct page_range){(uintptr_t)hot->page,
				   (uintptr_t)hot->page + PAGE_BYTES};
}

static void wake(struct pages *pages, struct page_level *level, size_t place)
{
	struct hot_page *hot = &level->hot[place];
	struct page_range range = whole_page(hot);

	protect_range(&range, PROT_READ | PROT_WRITE);
	hot->rests = false;
	hot->quiet = 0;
	add_awake(pages, place);
}

static void wake_all(struct pages *pages)
{
	struct page_level *level = topmost(pages);

	if (pages->awake_count == level->count)
		return;
	for (size_t i = 0; i < level->count; i++)
		if (level->hot[i].rests)
			wake(pages, level, i);
}

/* Returns whether the page was a hot one that rested. */
static bool wake_if_resting(struct pages *pages, uintptr_t page)
{
	struct page_level *level = topmost(pages);
	const uint64_t *place = map_get(&level->known, page);

	if (!place || !level->hot[*place - 1].rests)
		return false;
	wake(pages, level, *place - 1);
	return true;
}

void pages_rest(struct pages *pages, size_t place)
{
	struct hot_page *hot = &topmost(pages)->hot[pages->awake[place]];
	struct page_range range = whole_page(hot);

	hot->quiet = 0;
	if (map_get(&pages->is_expected, (uintptr_t)hot->page))
		return;
	protect_range(&range, PROT_READ);
	hot->rests = true;
	pages->awake[place] = pages->awake[--pages->awake_count];
}

/* --- Heating */

/* How many pages to heat from `page` on: more and more where the faults
 * come one after the other, as when a large block is filled. */
static size_t run_length(struct pages *pages, uintptr_t page,
			 const struct page_range *range)
{
	size_t room = (range->end - page) / PAGE_BYTES;

	if (page == pages->run_end && pages->run_pages > 0)
		pages->run_pages *= 2;
	else
		pages->run_pages = 1;
	if (pages->run_pages > RUN_PAGES_MAX)
		pages->run_pages = RUN_PAGES_MAX;
	return pages->run_pages < room ? pages->run_pages : room;
}

bool pages_heat(struct pages *pages, uintptr_t address)
{
	uintptr_t page = page_of(address);
	const struct page_range *range = range_of(pages, address);
	struct page_level *level;
	size_t length;

	if (!range || pages->level_count == 0)
		return false;
	level = topmost(pages);
	if (level_has(level, (uint8_t *)page))
		return wake_if_resting(pages, page);
	length = run_length(pages, page, range);
	/* A run may reach pages that are hot already. */
	for (size_t i = 0; i < length; i++) {
		uint8_t *hot = (uint8_t *)page + i * PAGE_BYTES;
		uint8_t *copy;

		if (i > 0 && level_has(level, hot)) {
			length = i;
			break;
		}
		copy = memory_new(PAGE_BYTES);
		copy_page(copy, hot);
		level_add(level, hot, copy);
		add_awake(pages, level->count - 1);
	}
	protect_range(&(struct page_range){page, page + length * PAGE_BYTES},
		      PROT_READ | PROT_WRITE);
	pages->run_end = page + length * PAGE_BYTES;
	return true;
}

void pages_warm(struct pages *pages, uintptr_t address, size_t bytes)
{
	uintptr_t end = address + bytes;

	if (!pages_hold(pages, address, bytes))
		return;
	for (uintptr_t page = page_of(address); page < end; page += PAGE_BYTES)
		pages_heat(pages, page);
}

void pages_expect(struct pages *pages, uintptr_t address, size_t bytes)
{
	uintptr_t end = address + bytes;

	pages_warm(pages, address, bytes);
	for (uintptr_t page = page_of(address); page < end;
	     page += PAGE_BYTES) {
		uint64_t *known = map_put(&pages->is_expected, page);

		if (*known)
			continue;
		*known = 1;
		memory_reserve(
			(void **)&pages->expected, &pages->expected_capacity,
			pages->expected_count + 1, sizeof(*pages->expected));
		pages->expected[pages->expected_count++] = page;
	}
}

void pages_protect(struct pages *pages)
{
	assert(pages->level_count < PAGES_LEVELS);
	if (pages->level_count > 0)
		wake_all(pages);
	pages->awake_count = 0;
	pages->level_count++;
	assert(topmost(pages)->count == 0);
	pages->run_pages = 0;
	for (size_t i = 0; i < pages->range_count; i++)
		protect_range(&pages->ranges[i], PROT_READ);
	for (size_t i = 0; i < pages->expected_count; i++)
		pages_heat(pages, pages->expected[i]);
}

/* Puts a level's pages back and takes its copies along to the level below,
 * for pages that were cold there: they are writable now. */
static void drop_level(struct pages *pages)
{
	struct page_level *level = topmost(pages);
	struct page_level *below = level - 1;

	/* What was hot below is read-only unless it got hot again above. */
	for (size_t i = 0; i < below->count; i++) {
		struct page_range range = whole_page(&below->hot[i]);

		protect_range(&range, PROT_READ | PROT_WRITE);
	}
	for (size_t i = 0; i < level->count; i++) {
		struct hot_page *hot = &level->hot[i];

		copy_page(hot->page, hot->copy);
		if (level_has(below, hot->page))
			memory_free(hot->copy, PAGE_BYTES);
		else
			level_add(below, hot->page, hot->copy);
	}
	level->count = 0;
	map_clear(&level->known);
	pages->level_count--;
	pages->awake_count = 0;
	for (size_t i = 0; i < below->count; i++)
		add_awake(pages, i);
}

void pages_restore(struct pages *pages, unsigned level)
{
	struct page_level *top;

	assert(level < pages->level_count);
	wake_all(pages);
	while (pages->level_count > level + 1)
		drop_level(pages);
	top = topmost(pages);
	for (size_t i = 0; i < top->count; i++)
		copy_page(top->hot[i].page, top->hot[i].copy);
}

size_t pages_hot_bytes(const struct pages *pages)
{
	return top_of(pages)->count * PAGE_BYTES;
}

void pages_save(const struct pages *pages, uint8_t *to)
{
	const struct page_level *top = top_of(pages);

	for (size_t i = 0; i < top->count; i++)
		copy_page(to + i * PAGE_BYTES, top->hot[i].page);
}

void pages_load(struct pages *pages, const uint8_t *from, size_t bytes)
{
	const struct page_level *top = top_of(pages);
	size_t saved = bytes / PAGE_BYTES;

	wake_all(pages);
	for (size_t i = 0; i < saved; i++)
		copy_page(top->hot[i].page, from + i * PAGE_BYTES);
	for (size_t i = saved; i < top->count; i++)
		copy_page(top->hot[i].page, top->hot[i].copy);
}

uint64_t pages_digest(const struct pages *pages)
{
	const struct page_level *top = top_of(pages);
	uint64_t digest = 0;

	/* A sum, so that the order in which pages got hot does not matter; a
	 * page that is what it was contributes nothing. */
	for (size_t i = 0; i < top->count; i++) {
		uint64_t seed = (uintptr_t)top->hot[i].page;

		digest += hash_bytes(top->hot[i].page, PAGE_BYTES, seed) -
			  hash_bytes(top->hot[i].copy, PAGE_BYTES, seed);
	}
	return digest;
}
