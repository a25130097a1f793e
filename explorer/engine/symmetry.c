/*
 * Threads that might as well be each other. See symmetry.h.
 */
#include "engine/symmetry.h"

#include <string.h>

#include "base/memory.h"
#include "engine/symmetry_parts.h"
#include "engine/symmetry_place.h"

struct symmetry *symmetry_new(const struct symmetry_sources *sources)
{
	struct symmetry *symmetry = memory_new(sizeof(*symmetry));

	symmetry->sources = *sources;
	return symmetry;
}

void symmetry_free(struct symmetry *symmetry)
{
	if (!symmetry)
		return;
	symmetry_rules_fini(&symmetry->rules);
	map_fini(&symmetry->known);
	memory_free(symmetry->levels,
		    symmetry->capacity * sizeof(*symmetry->levels));
	memory_free(symmetry->members,
		    symmetry->member_capacity * sizeof(*symmetry->members));
	memory_free(symmetry, sizeof(*symmetry));
}

uint64_t symmetry_bytes(const struct symmetry *symmetry)
{
	return symmetry->capacity * sizeof(*symmetry->levels) +
	       symmetry->member_capacity * sizeof(*symmetry->members) +
	       symmetry->known.capacity * sizeof(struct map_entry);
}

/* --- What belongs to whom */

/* The words of a line of memory that is nobody's own. */
static void count_references(struct symmetry *symmetry, const uint8_t *address,
			     const uint8_t *line, uint32_t step)
{
	for (size_t i = 0; i < LINE_BYTES; i += sizeof(uint64_t)) {
		uint64_t word;
		uint32_t slot;

		memcpy(&word, line + i, sizeof(word));
		slot = symmetry_slot_of(word);
		if (slot == 0)
			continue;
		if (symmetry_is_id(word, slot))
			symmetry_rules_note_id(&symmetry->rules,
					       (uintptr_t)address + i);
		else
			symmetry->now.references[slot] += step;
	}
}

/* A line on a page, unless it is a member's own. */
static void count_line(struct symmetry *symmetry, const uint8_t *address,
		       const uint8_t *line, uint32_t step)
{
	if (symmetry_slot_of((uintptr_t)address) == 0)
		count_references(symmetry, address, line, step);
}

/* Whether it is no memory of the program's. */
static bool is_in_runtime(const struct symmetry *symmetry, const uint8_t *line)
{
	const struct symmetry_sources *sources = &symmetry->sources;

	return (uintptr_t)line - (uintptr_t)symmetry->state <
		       sizeof(*symmetry->state) ||
	       (uintptr_t)line - (uintptr_t)sources->traits <
		       THREADS_MAX * sources->stride;
}

/* The thread that these bytes are all of; NULL if they are none's. */
static const struct thread *owner_of(const struct symmetry *symmetry,
				     const uint8_t *bytes)
{
	const struct symmetry_sources *sources = &symmetry->sources;
	const struct runtime_state *state = symmetry->state;
	uintptr_t in_threads = (uintptr_t)bytes - (uintptr_t)state->threads;
	uintptr_t in_traits = (uintptr_t)bytes - (uintptr_t)sources->traits;

	if (in_threads < sizeof(state->threads))
		return &state->threads[in_threads / sizeof(struct thread)];
	if (in_traits < THREADS_MAX * sources->stride)
		return &state->threads[in_traits / sources->stride];
	return NULL;
}

/* --- What changes */

static void see_change(void *context, const uint8_t *line, const uint8_t *was,
		       struct digest old, struct digest now)
{
	struct symmetry *symmetry = context;
	const struct thread *owner = owner_of(symmetry, line);
	uint32_t slot = owner ? owner->slot : symmetry_slot_of((uintptr_t)line);

	if (slot > 0 && slot < SYMMETRY_SLOTS) {
		digest_toggle(&symmetry->now.own[slot], old);
		digest_toggle(&symmetry->now.own[slot], now);
	} else if (!is_in_runtime(symmetry, line)) {
		count_line(symmetry, line, was, UINT32_MAX);
		count_line(symmetry, line, line, 1);
	}
}

static void count_pages(struct symmetry *symmetry, const struct pages *pages)
{
	for (unsigned i = 0; i < pages->level_count; i++) {
		const struct page_level *level = &pages->levels[i];

		for (size_t page = 0; page < level->count; page++) {
			const uint8_t *at = level->hot[page].page;

			if (i > 0 &&
			    map_get(&pages->levels[0].known, (uintptr_t)at))
				continue;
			for (size_t line = 0; line < PAGE_BYTES;
			     line += LINE_BYTES)
				count_line(symmetry, at + line, at + line, 1);
		}
	}
}

void symmetry_begin(struct symmetry *symmetry, struct engine *engine,
		    struct shadow *shadow)
{
	symmetry->state = &engine->runtime->state;
	symmetry->shadow = shadow;
	symmetry->pages = &engine->runtime->world.pages;
	symmetry->now = (struct sums){0};
	symmetry_rules_begin(&symmetry->rules, engine->runtime);
	map_clear(&symmetry->known);
	symmetry->member_count = 0;
	count_pages(symmetry, symmetry->pages);
	shadow->changed = see_change;
	shadow->changed_context = symmetry;
	memory_reserve((void **)&symmetry->levels, &symmetry->capacity, 1,
		       sizeof(*symmetry->levels));
	symmetry->levels[0] = symmetry->now;
}

/* A step that was taken back has left its sums. */
void symmetry_open(struct symmetry *symmetry, size_t level)
{
	symmetry->now = symmetry->levels[level > 0 ? level - 1 : 0];
}

void symmetry_close(struct symmetry *symmetry, size_t level)
{
	memory_reserve((void **)&symmetry->levels, &symmetry->capacity,
		       level + 1, sizeof(*symmetry->levels));
	symmetry->levels[level] = symmetry->now;
}

/* --- States */

static void add_mixed(struct digest *sum, struct digest digest, uint64_t group)
{
	sum->low += hash_mix(digest.low, group);
	sum->high += hash_mix(digest.high, group + 1);
}

struct digest symmetry_digest(struct symmetry *symmetry,
			      const struct engine *engine, struct digest plain,
			      uint32_t marked)
{
	struct runtime_state *state = &engine->runtime->state;
	uint32_t members = engine->ended ? 0 : symmetry_members(state);
	struct digest own[SYMMETRY_SLOTS] = {{0}};
	struct digest shared = plain;
	struct digest sum = {0};

	for (uint32_t i = 0; i < state->count; i++) {
		const struct thread *thread = &state->threads[i];
		const struct known_member *known;

		if (!symmetry_is_member(members, thread->slot))
			continue;
		known = symmetry_look_up(symmetry, thread);
		if (known->refers || symmetry->now.references[thread->slot]) {
			members = 0;
			break;
		}
		own[thread->slot] = known->digest;
		digest_toggle(&shared, symmetry->now.own[thread->slot]);
	}
	if (members == 0) {
		shared = plain;
		memset(own, 0, sizeof(own));
	}
	symmetry_move_locks(symmetry, members, &shared, own);
	if (marked != NO_THREAD) {
		uint32_t slot = state->threads[marked].slot;
		bool is_member = symmetry_is_member(members, slot);
		uint64_t what = is_member ? 1 : slot + 2;

		digest_toggle(is_member ? &own[slot] : &shared,
			      hash_bytes_wide(&what, sizeof(what), OWN_THREAD));
	}
	for (uint32_t i = 0; i < state->count && members; i++) {
		const struct thread *thread = &state->threads[i];

		if (symmetry_is_member(members, thread->slot))
			add_mixed(&sum, own[thread->slot],
				  symmetry_group(state, thread));
	}
	shared.low += sum.low;
	shared.high += sum.high;
	return shared;
}

enum asymmetry symmetry_check(struct symmetry *symmetry,
			      const struct engine *engine)
{
	return symmetry_rules_check(&symmetry->rules, engine);
}

void symmetry_learn(struct symmetry *symmetry)
{
	symmetry_rules_learn(&symmetry->rules);
}
