/*
 * Threads that might as well be each other. See symmetry.h.
 */
#include "engine/symmetry.h"

#include <pthread.h>
#include <string.h>

#include "base/memory.h"
#include "engine/symmetry_rules.h"
#include "runtime/once.h"
#include "runtime/spin_lock.h"
#include "runtime/thread.h"
#include "world/stacks.h"

/* What a thread that may be a member adds to the plain digest, and how often
 * memory refers to it otherwise than by its id. */
struct sums {
	struct digest own[SYMMETRY_SLOTS];
	uint32_t references[SYMMETRY_SLOTS];
};

/* What is known of a member whose plain digest is that. */
struct known_member {
	uint64_t check;
	struct digest digest;
	bool refers; /* to other members */
};

struct symmetry {
	struct symmetry_sources sources;
	struct symmetry_rules rules;
	const struct runtime_state *state;
	const struct pages *pages;
	struct shadow *shadow;
	struct sums now;
	struct sums *levels;
	size_t capacity;
	struct map known; /* plain digest of a member -> place + 1 */
	struct known_member *members;
	size_t member_count;
	size_t member_capacity;
};

uint64_t symmetry_bytes(const struct symmetry *symmetry)
{
	return symmetry->capacity * sizeof(*symmetry->levels) +
	       symmetry->member_capacity * sizeof(*symmetry->members) +
	       symmetry->known.capacity * sizeof(struct map_entry);
}

/* In the place of an address that belongs to the member itself: how far into
 * its parts of memory, or into what the runtime keeps of it. */
#define OWN_PART   UINT64_C(0x7e00000000000000)
#define OWN_THREAD UINT64_C(0x7f00000000000000)

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

/* --- What belongs to whom */

/* The parts of memory of which each slot has its own, in the order in which
 * they lie. */
static const struct area {
	uintptr_t start;
	uintptr_t end;
	unsigned shift;
} areas[] = {
	{LAYOUT_HEAP, LAYOUT_BLOCKS, LAYOUT_HEAP_SHIFT},
	{LAYOUT_BLOCKS, LAYOUT_UNWRITTEN, LAYOUT_BLOCK_SHIFT},
	{LAYOUT_UNWRITTEN, LAYOUT_STACKS, LAYOUT_BLOCK_SHIFT},
	{LAYOUT_STACKS, LAYOUT_VALUES, LAYOUT_STACK_SHIFT},
	{LAYOUT_VALUES, LAYOUT_NAMED, LAYOUT_VALUE_SHIFT},
};

/* The area that the address lies in; NULL if that is none. */
static const struct area *area_of(uintptr_t address)
{
	const struct area *area = areas;

	if (address - LAYOUT_HEAP >= LAYOUT_NAMED - LAYOUT_HEAP)
		return NULL;
	while (address >= area->end)
		area++;
	return area;
}

/* The slot whose part of an area the address lies in; 0 if there is no such
 * slot but main's. */
static uint32_t slot_of_address(uintptr_t address)
{
	const struct area *area = area_of(address);
	uint64_t slot =
		area ? layout_slot(address, area->start, area->shift) : 0;

	return slot < SYMMETRY_SLOTS ? (uint32_t)slot : 0;
}

/* The thread's id, as the program has it. */
static bool is_id(uintptr_t word, uint32_t slot)
{
	return word == stacks_top(slot) - STACK_BYTES;
}

/* The words of a line of memory that is nobody's own. */
static void count_references(struct symmetry *symmetry, const uint8_t *address,
			     const uint8_t *line, uint32_t step)
{
	for (size_t i = 0; i < LINE_BYTES; i += sizeof(uint64_t)) {
		uint64_t word;
		uint32_t slot;

		memcpy(&word, line + i, sizeof(word));
		slot = slot_of_address(word);
		if (slot == 0)
			continue;
		if (is_id(word, slot))
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
	if (slot_of_address((uintptr_t)address) == 0)
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
	uint32_t slot = owner ? owner->slot : slot_of_address((uintptr_t)line);

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

/* --- A member */

/* Which area it is, and how far into the slot's part of it. */
static uint64_t place_in_part(uintptr_t address)
{
	const struct area *area = area_of(address);
	uintptr_t offset =
		(address - area->start) & (((uintptr_t)1 << area->shift) - 1);

	return (uint64_t)(area - areas) << 48 | offset;
}

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
		slot = slot_of_address(word);
		if (slot == member->slot)
			word = OWN_PART + place_in_part(word);
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
	if (!line_is_zero(line))
		digest_toggle(&known->digest, hash_line(line, key));
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
			 OWN_PART + place_in_part((uintptr_t)top -
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
			 OWN_PART + place_in_part((uintptr_t)page + at));
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

			if (slot_of_address((uintptr_t)at) == member->slot &&
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
static const struct known_member *look_up(struct symmetry *symmetry,
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

/* --- Locks */

/* Where a lock says who has it: bits of a word of four bytes. All zero there:
 * nobody who would be named, as of those who read. */
struct owner {
	uintptr_t place;
	uint32_t bits;
};

static struct owner owner_of_lock(const struct held *held)
{
	switch (op_object((enum op)held->op)) {
	case OP_OBJECT_RWLOCK:
		return (struct owner){
			held->address +
				offsetof(pthread_rwlock_t, __data.__cur_writer),
			UINT32_MAX};
	case OP_OBJECT_SPIN_LOCK:
		return (struct owner){held->address, SPIN_LOCK_OWNER};
	case OP_OBJECT_ONCE:
		return (struct owner){held->address, ONCE_OWNER};
	case OP_OBJECT_MUTEX:
	case OP_OBJECT_NONE:
	case OP_OBJECT_MEMORY:
	case OP_OBJECT_SEMAPHORE:
	case OP_OBJECT_CONDITION:
	case OP_OBJECT_BARRIER:
	case OP_OBJECT_DESCRIPTOR:
	case OP_OBJECT_RANDOM:
	case OP_OBJECT_CLOCK:
	case OP_OBJECT_THREAD:
	case OP_OBJECT_KEY:
	case OP_OBJECT_NAME:
	case OP_OBJECT_FUTEX:
	case OP_OBJECT_UNKNOWN:
		break;
	}
	return (struct owner){held->address +
				      offsetof(pthread_mutex_t, __data.__owner),
			      UINT32_MAX};
}

/* The line as if nobody in particular held the locks in it that members do. */
static void forget_owners(const struct symmetry *symmetry, const uint8_t *line,
			  uint32_t members, uint8_t *ret_line)
{
	const struct runtime_state *state = symmetry->state;

	memcpy(ret_line, line, LINE_BYTES);
	for (uint32_t i = 0; i < state->held_count; i++) {
		struct owner owner = owner_of_lock(&state->held[i]);
		uint32_t slot = state->threads[state->held[i].thread].slot;
		size_t at = owner.place - (uintptr_t)line;
		uint32_t word;

		if (slot >= SYMMETRY_SLOTS || !(members >> slot & 1) ||
		    at >= LINE_BYTES)
			continue;
		memcpy(&word, ret_line + at, sizeof(word));
		if (word & owner.bits)
			word |= owner.bits;
		memcpy(ret_line + at, &word, sizeof(word));
	}
}

static uintptr_t line_of_owner(const struct held *held)
{
	return owner_of_lock(held).place & ~(uintptr_t)(LINE_BYTES - 1);
}

/* Each line once. */
static bool is_first_in_line(const struct runtime_state *state, uint32_t place)
{
	uintptr_t line = line_of_owner(&state->held[place]);

	for (uint32_t i = 0; i < place; i++)
		if (line_of_owner(&state->held[i]) == line)
			return false;
	return true;
}

static struct digest digest_of_line(const uint8_t *line, uint64_t key)
{
	struct digest nothing = {0};

	return line_is_zero(line) ? nothing : hash_line(line, key);
}

/* Takes who owns them out of what is shared, and has their owners say so;
 * `own` is by slot. */
static void move_locks(const struct symmetry *symmetry, uint32_t members,
		       struct digest *shared, struct digest *own)
{
	const struct runtime_state *state = symmetry->state;

	for (uint32_t i = 0; i < state->held_count; i++) {
		const struct held *held = &state->held[i];
		uint32_t slot = state->threads[held->thread].slot;
		bool is_member = slot < SYMMETRY_SLOTS && members >> slot & 1;
		uint64_t what[] = {held->address, held->place, held->op,
				   is_member ? 0 : held->thread + 1};
		const uint8_t *line = (const uint8_t *)line_of_owner(held);
		uint8_t without[LINE_BYTES];

		digest_toggle(is_member ? &own[slot] : shared,
			      hash_bytes_wide(what, sizeof(what), OWN_PART));
		if (!is_first_in_line(state, i))
			continue;
		forget_owners(symmetry, line, members, without);
		digest_toggle(shared, digest_of_line(line, (uintptr_t)line));
		digest_toggle(shared, digest_of_line(without, (uintptr_t)line));
	}
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

		if (thread->slot >= SYMMETRY_SLOTS ||
		    !(members >> thread->slot & 1))
			continue;
		known = look_up(symmetry, thread);
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
	move_locks(symmetry, members, &shared, own);
	if (marked != NO_THREAD) {
		uint32_t slot = state->threads[marked].slot;
		bool is_member = slot < SYMMETRY_SLOTS && members >> slot & 1;
		uint64_t what = is_member ? 1 : slot + 2;

		digest_toggle(is_member ? &own[slot] : &shared,
			      hash_bytes_wide(&what, sizeof(what), OWN_THREAD));
	}
	for (uint32_t i = 0; i < state->count && members; i++) {
		const struct thread *thread = &state->threads[i];

		if (thread->slot < SYMMETRY_SLOTS &&
		    members >> thread->slot & 1)
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
