/*
 * What a member of a group is, apart from which one. See symmetry.h.
 */
#include <string.h>

#include "base/memory.h"
#include "engine/symmetry_parts.h"
#include "engine/symmetry_place.h"

/* Puts in the place of the member's own addresses how far into it they lead.
 * Returns whether the line refers to another one. */
static bool make_relative(const struct symmetry *symmetry,
			  const struct thread *member, uint8_t *line)
{
	bool refers = false;

	for (size_t i = 0; i < LINE_BYTES; i += sizeof(uint64_t)) {
		uint64_t word;
		uint32_t slot;
		uintptr_t in_threads;

		memcpy(&word, line + i, sizeof(word));
		in_threads = word - (uintptr_t)symmetry->state->threads;
		slot = symmetry_slot_of(word);
		if (slot == member->slot)
			word = OWN_PART + symmetry_place(word);
		else if (slot != 0)
			refers = true;
		else if (in_threads / sizeof(*member) == member->number)
			word = OWN_THREAD + in_threads % sizeof(*member);
		memcpy(line + i, &word, sizeof(word));
	}
	return refers;
}

static void add_line(struct known_member *known, const uint8_t *line,
		     uint64_t key)
{
	digest_toggle(&known->digest, line_digest(line, key));
}

static void add_stack(const struct symmetry *symmetry,
		      const struct thread *member, struct known_member *known)
{
	const uint8_t *top = (const uint8_t *)stacks_top(member->slot);
	uint64_t lines = symmetry->shadow->stacks[member->slot].lines_now;

	for (uint64_t i = 1; i <= lines; i++) {
		uint8_t line[LINE_BYTES];

		memcpy(line, top - i * LINE_BYTES, LINE_BYTES);
		known->refers |= make_relative(symmetry, member, line);
		add_line(known, line,
			 OWN_PART + symmetry_place((uintptr_t)top -
						   i * LINE_BYTES));
	}
}

static void add_page(const struct symmetry *symmetry,
		     const struct thread *member, const uint8_t *page,
		     struct known_member *known)
{
	for (size_t at = 0; at < PAGE_BYTES; at += LINE_BYTES) {
		uint8_t line[LINE_BYTES];

		if (line_is_zero(page + at))
			continue;
		memcpy(line, page + at, LINE_BYTES);
		known->refers |= make_relative(symmetry, member, line);
		add_line(known, line,
			 OWN_PART + symmetry_place((uintptr_t)page + at));
	}
}

/* The pages that it has written: of its heap, and the like. */
static void add_pages(const struct symmetry *symmetry,
		      const struct thread *member, struct known_member *known)
{
	const struct pages *pages = symmetry->pages;

	for (unsigned i = 0; i < pages->level_count; i++) {
		const struct page_level *level = &pages->levels[i];

		for (size_t page = 0; page < level->count; page++) {
			const uint8_t *at = level->hot[page].page;

			if (symmetry_slot_of((uintptr_t)at) == member->slot &&
			    !(i > 0 &&
			      map_get(&pages->levels[0].known, (uintptr_t)at)))
				add_page(symmetry, member, at, known);
		}
	}
}

/* What the runtime keeps, without which one it is of. */
static void add_thread(const struct symmetry *symmetry,
		       const struct thread *member, struct known_member *known)
{
	const struct symmetry_sources *sources = &symmetry->sources;
	const uint8_t *mask = (const uint8_t *)(member->state == THREAD_ENDED
							? sources->ended_mask
							: sources->live_mask);
	struct thread copy = *member;
	const uint8_t *traits =
		sources->traits + member->number * sources->stride;
	struct digest digest =
		hash_bytes_wide(traits, sources->traits_bytes, OWN_THREAD - 1);

	digest_toggle(&known->digest, digest);
	copy.slot = 0;
	copy.context = 0;
	for (size_t at = 0; at < sizeof(copy); at += LINE_BYTES) {
		uint8_t line[LINE_BYTES];

		line_and(line, (const uint8_t *)&copy + at, mask + at);
		known->refers |= make_relative(symmetry, member, line);
		add_line(known, line, OWN_THREAD + at);
	}
}

/* What the member is, from what its plain digest is known to stand for. */
const struct known_member *symmetry_look_up(struct symmetry *symmetry,
					    const struct thread *member)
{
	const struct digest *plain = &symmetry->now.own[member->slot];
	uint64_t key = hash_mix(plain->low, member->slot);
	struct known_member *known;
	uint64_t *place = map_put(&symmetry->known, key ? key : 1);

	if (*place > 0) {
		known = &symmetry->members[*place - 1];
		if (known->check == plain->high)
			return known;
	} else {
		memory_reserve(
			(void **)&symmetry->members, &symmetry->member_capacity,
			symmetry->member_count + 1, sizeof(*symmetry->members));
		*place = ++symmetry->member_count;
		known = &symmetry->members[*place - 1];
	}
	*known = (struct known_member){.check = plain->high};
	add_stack(symmetry, member, known);
	add_pages(symmetry, member, known);
	add_thread(symmetry, member, known);
	return known;
}
