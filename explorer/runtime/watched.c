/*
 * What the program asks to have watched. See watched.h.
 */
#include "runtime/watched.h"

#include <string.h>

#include "base/hash.h"
#include "runtime/announce.h"
#include "runtime/thing.h"

/* The place of a name in alphabetical order, so that it does not matter in
 * which order different names are given. */
static uint32_t place_of(const struct runtime_state *state, const char *name)
{
	uint32_t i = 0;

	while (i < state->asked_count && strcmp(state->asked[i].name, name) < 0)
		i++;
	return i;
}

static bool is_at(const struct runtime_state *state, uint32_t place,
		  const char *name)
{
	return place < state->asked_count &&
	       strcmp(state->asked[place].name, name) == 0;
}

static uintptr_t thing_of_name(const char *name)
{
	uint64_t hash = hash_bytes(name, strlen(name), 0);

	return thing_address(THING_WATCH,
			     (uint32_t)(hash % (1U << (THING_SHIFT - 4))));
}

static struct heap_place block_at(const struct runtime *runtime,
				  const void *start)
{
	struct heap_place block = {0};

	if (!heap_find(&runtime->world.heap, (uintptr_t)start, &block))
		return (struct heap_place){0};
	return block;
}

/* A longer name is cut off. */
static void watched_init(const struct runtime *runtime, struct watched *watched,
			 const char *name, const struct piece *bytes)
{
	struct heap_place block = block_at(runtime, bytes->start);

	*watched = (struct watched){.start = bytes->start,
				    .bytes = (uint32_t)bytes->bytes,
				    .slot = block.slot,
				    .number = block.number};
	for (size_t i = 0; i + 1 < sizeof(watched->name) && name[i]; i++)
		watched->name[i] = name[i];
}

static void take_out(struct runtime_state *state, uint32_t place)
{
	state->asked_count--;
	memmove(&state->asked[place], &state->asked[place + 1],
		(state->asked_count - place) * sizeof(state->asked[0]));
}

static void put_in(struct runtime_state *state, uint32_t place,
		   const struct watched *watched)
{
	memmove(&state->asked[place + 1], &state->asked[place],
		(state->asked_count - place) * sizeof(state->asked[0]));
	state->asked[place] = *watched;
	state->asked_count++;
}

ON_FIBER static void announce(struct runtime *runtime, const char *name,
			      uintptr_t place)
{
	uintptr_t thing = thing_of_name(name);

	if (thing_note(runtime, thing, true, place))
		runtime_announce(runtime,
				 &(struct operation){.op = OP_WATCH,
						     .order = ORDER_PLAIN,
						     .address = thing,
						     .place = place});
}

ON_FIBER void watched_set(struct runtime *runtime, const char *given,
			  void *start, size_t bytes, uintptr_t place)
{
	struct runtime_state *state = &runtime->state;
	struct watched watched;
	uint32_t at;

	/* A wild pointer faults here. */
	if (start && bytes > 0)
		(void)*(const volatile char *)start;
	if (bytes > WATCHED_BYTES_MAX)
		runtime_refuse(runtime,
			       "explorer_watch() of more than 64 bytes", place);
	watched_init(runtime, &watched, given, &(struct piece){start, bytes});
	announce(runtime, watched.name, place);
	at = place_of(state, watched.name);
	if (is_at(state, at, watched.name))
		take_out(state, at);
	if (!start || bytes == 0)
		return;
	if (state->asked_count == WATCHED_MAX)
		runtime_refuse(runtime,
			       "explorer_watch() of more than 32 names", place);
	put_in(state, at, &watched);
}

static bool is_same_block(const struct runtime *runtime,
			  const struct watched *watched)
{
	struct heap_place block = block_at(runtime, watched->start);

	return block.slot == watched->slot && block.number == watched->number &&
	       !block.freed;
}

/* A thread that ends the process has announced that, as all others have
 * something: what is live of its stack is known. */
static bool is_in_frame(const struct runtime *runtime,
			const struct watched *watched)
{
	const struct runtime_state *state = &runtime->state;
	uint64_t slot = stacks_slot((uintptr_t)watched->start);

	for (uint32_t i = 0; i < state->count; i++) {
		const struct thread *thread = &state->threads[i];

		if (thread->slot == slot)
			return thread->state != THREAD_ENDED &&
			       (uintptr_t)watched->start >=
				       (uintptr_t)fiber_live_low(
					       &thread->fiber);
	}
	return false;
}

bool watched_is_there(const struct runtime *runtime,
		      const struct watched *watched)
{
	if (watched->number > 0)
		return is_same_block(runtime, watched);
	return stacks_slot((uintptr_t)watched->start) >= LAYOUT_SLOTS ||
	       is_in_frame(runtime, watched);
}

void watched_look(struct runtime *runtime, uint32_t context)
{
	const struct runtime_state *state = &runtime->state;

	runtime->busy = true;
	for (uint32_t i = 0; i < state->asked_count; i++) {
		const struct watched *watched = &state->asked[i];

		touches_note(&runtime->touches, context,
			     thing_of_name(watched->name), THING_BYTES, false);
		touches_note(&runtime->touches, context,
			     (uintptr_t)watched->start, watched->bytes, false);
	}
	runtime->busy = false;
}
