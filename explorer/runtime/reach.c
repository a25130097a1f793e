/*
 * Which blocks the program has lost. See reach.h.
 */
#include "runtime/reach.h"

#include <string.h>

#include "base/memory.h"

enum mark {
	MARK_REACHED = 1,    /* from what the program can get at */
	MARK_POINTED_TO = 2, /* by another block that is not reached */
	MARK_LEFT_BEHIND = 4 /* variables of a thread that has ended */
};

/* A search through the heap: `pending` has blocks that were reached and not yet
 * looked into. */
struct reach {
	const struct runtime *runtime;
	uint8_t *marks; /* sets of enum mark, by marks_of() */
	size_t blocks;	/* in all slots */
	uint32_t first[LAYOUT_SLOTS];
	const struct heap_block **pending;
	size_t pending_count;
};

static void begin(struct reach *reach, const struct runtime *runtime)
{
	memset(reach, 0, sizeof(*reach));
	reach->runtime = runtime;
	for (uint32_t slot = 0; slot < LAYOUT_SLOTS; slot++) {
		reach->first[slot] = (uint32_t)reach->blocks;
		reach->blocks += heap_count(&runtime->world.heap, slot);
	}
	reach->marks = memory_new(reach->blocks);
	reach->pending = memory_new(reach->blocks * sizeof(*reach->pending));
}

static void end(struct reach *reach)
{
	memory_free(reach->marks, reach->blocks);
	memory_free(reach->pending, reach->blocks * sizeof(*reach->pending));
}

/* The marks of the slot's block of that number, from 1 on. */
static uint8_t *marks_of(const struct reach *reach, uint32_t slot,
			 uint32_t number)
{
	return &reach->marks[reach->first[slot] + number - 1];
}

/* The marks of the block that the address lies in, if it is one that has not
 * been freed; else NULL. */
static uint8_t *marks_at(const struct reach *reach, uintptr_t address,
			 const struct heap_block **ret_block)
{
	struct heap_place place;

	if (!heap_covers(address) ||
	    !heap_find(&reach->runtime->world.heap, address, &place) ||
	    place.freed)
		return NULL;
	*ret_block = heap_block(place.slot, place.number);
	return marks_of(reach, place.slot, place.number);
}

static void follow(struct reach *reach, uintptr_t address)
{
	const struct heap_block *block;
	uint8_t *marks = marks_at(reach, address, &block);

	if (!marks || (*marks & (MARK_REACHED | MARK_LEFT_BEHIND)))
		return;
	*marks |= MARK_REACHED;
	reach->pending[reach->pending_count++] = block;
}

static void follow_words(struct reach *reach, uintptr_t start, uintptr_t end)
{
	const size_t word = sizeof(uintptr_t);

	for (uintptr_t at = (start + word - 1) & ~(word - 1); at + word <= end;
	     at += word)
		follow(reach, *(const uintptr_t *)at);
}

static void follow_all(struct reach *reach)
{
	while (reach->pending_count > 0) {
		const struct heap_block *block =
			reach->pending[--reach->pending_count];

		follow_words(reach, block->start, block->start + block->bytes);
	}
}

/* --- What the program can get at */

/* Parts of the world that are no variables of modules. */
static bool is_laid_out(uintptr_t start)
{
	return heap_covers(start) ||
	       layout_slot(start, LAYOUT_BLOCKS, LAYOUT_BLOCK_SHIFT) <
		       LAYOUT_SLOTS ||
	       layout_slot(start, LAYOUT_UNWRITTEN, LAYOUT_BLOCK_SHIFT) <
		       LAYOUT_SLOTS ||
	       layout_slot(start, LAYOUT_VALUES, LAYOUT_VALUE_SHIFT) <
		       LAYOUT_SLOTS;
}

static void follow_variables(struct reach *reach)
{
	const struct world *world = &reach->runtime->world;
	const struct pages *pages = &world->pages;
	uintptr_t tls = (uintptr_t)world->tls.native;

	for (size_t i = 0; i < pages->range_count; i++)
		if (!is_laid_out(pages->ranges[i].start))
			follow_words(reach, pages->ranges[i].start,
				     pages->ranges[i].end);
	follow_words(reach, tls - world->tls.bytes, tls);
}

/* Of a thread that has not ended. */
static void follow_thread(struct reach *reach, const struct thread *thread,
			  bool has_stack)
{
	uintptr_t values =
		LAYOUT_VALUES + ((uintptr_t)thread->slot << LAYOUT_VALUE_SHIFT);
	uintptr_t keys = reach->runtime->state.key_count;

	if (has_stack)
		follow_words(reach, (uintptr_t)fiber_live_low(&thread->fiber),
			     stacks_top(thread->slot));
	follow_words(reach, values, values + keys * 2 * sizeof(uintptr_t));
	follow(reach, (uintptr_t)thread->argument);
}

/* What main left behind when it returned is on its stack, and of no use. */
static void follow_threads(struct reach *reach, const struct thread *last)
{
	const struct runtime_state *state = &reach->runtime->state;
	const struct thread *thread;

	FOR_LIVE(thread, state)
	follow_thread(reach, thread, thread != last || !state->main_returned);
	for (uint32_t i = 0; i < state->count; i++)
		if (state->threads[i].state == THREAD_ENDED &&
		    !state->threads[i].joined && !state->threads[i].detached)
			follow(reach, (uintptr_t)state->threads[i].value);
}

static void leave_behind_variables(struct reach *reach)
{
	const struct runtime_state *state = &reach->runtime->state;

	for (uint32_t i = 0; i < state->count; i++) {
		const struct thread *thread = &state->threads[i];
		const struct heap_block *block;
		uint8_t *marks =
			marks_at(reach, (uintptr_t)thread->tls, &block);

		if (thread->state == THREAD_ENDED && marks)
			*marks |= MARK_LEFT_BEHIND;
	}
}

static bool is_of_system(const struct reach *reach,
			 const struct heap_block *block)
{
	const struct module *module =
		modules_at(&reach->runtime->world.modules, block->place);

	return !module || module->system || module->own;
}

static void follow_blocks_of_system(struct reach *reach)
{
	for (uint32_t slot = 0; slot < LAYOUT_SLOTS; slot++) {
		uint32_t count = heap_count(&reach->runtime->world.heap, slot);

		for (uint32_t i = 1; i <= count; i++)
			if (is_of_system(reach, heap_block(slot, i)) &&
			    !*marks_of(reach, slot, i))
				follow(reach, heap_block(slot, i)->start);
	}
}

/* --- What it cannot */

static bool is_lost(const struct reach *reach, uint32_t slot, uint32_t number)
{
	unsigned not_lost = MARK_REACHED | MARK_LEFT_BEHIND;

	return !heap_block(slot, number)->freed &&
	       !(*marks_of(reach, slot, number) & not_lost);
}

static void mark_words(struct reach *reach, const struct heap_block *from)
{
	const uintptr_t *words = (const uintptr_t *)(uintptr_t)from->start;

	for (size_t i = 0; i < from->bytes / sizeof(*words); i++) {
		const struct heap_block *block;
		uint8_t *marks = marks_at(reach, words[i], &block);

		if (marks && block != from)
			*marks |= MARK_POINTED_TO;
	}
}

static void mark_pointed_to(struct reach *reach)
{
	for (uint32_t slot = 0; slot < LAYOUT_SLOTS; slot++) {
		uint32_t count = heap_count(&reach->runtime->world.heap, slot);

		for (uint32_t i = 1; i <= count; i++)
			if (is_lost(reach, slot, i))
				mark_words(reach, heap_block(slot, i));
	}
}

/* Lists those lost blocks that no other one points to, or all that are still
 * left, of cycles the first one; and takes what they point to for reached. */
static void list_lost(struct reach *reach, bool all, struct lost_blocks *lost)
{
	for (uint32_t slot = 0; slot < LAYOUT_SLOTS; slot++) {
		uint32_t count = heap_count(&reach->runtime->world.heap, slot);

		for (uint32_t i = 1; i <= count; i++) {
			const uint8_t *marks = marks_of(reach, slot, i);

			if (!is_lost(reach, slot, i) ||
			    (!all && (*marks & MARK_POINTED_TO)))
				continue;
			memory_reserve((void **)&lost->at, &lost->capacity,
				       lost->count + 1, sizeof(*lost->at));
			lost->at[lost->count++] =
				(struct lost_block){slot, heap_block(slot, i)};
			follow(reach, heap_block(slot, i)->start);
			follow_all(reach);
		}
	}
}

struct lost_blocks reach_lost(struct runtime *runtime,
			      const struct thread *thread)
{
	struct lost_blocks lost = {0};
	struct reach reach;

	begin(&reach, runtime);
	leave_behind_variables(&reach);
	follow_variables(&reach);
	follow_threads(&reach, thread);
	follow_blocks_of_system(&reach);
	follow_all(&reach);
	mark_pointed_to(&reach);
	list_lost(&reach, false, &lost);
	list_lost(&reach, true, &lost);
	end(&reach);
	return lost;
}
