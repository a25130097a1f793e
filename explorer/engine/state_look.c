/*
 * What a state is: the digests of its parts, those that a step has changed, and
 * its image. See state.h.
 */
#include <assert.h>
#include <errno.h>
#include <unistd.h>

#include "base/memory.h"
#include "engine/state_parts.h"
#include "runtime/join.h"
#include "runtime/system.h"
#include "world/stacks.h"

/* --- What counts of a thread, and of an end */

static enum thread_kind kind_of(const struct thread *thread)
{
	return thread->state != THREAD_ENDED ? KIND_LIVE
	       : thread->joined		     ? KIND_JOINED
					     : KIND_ENDED;
}

static uint32_t slot_of(const struct runtime_state *state, uint32_t number)
{
	return number < state->count ? state->threads[number].slot : number;
}

static struct thread_traits traits_of(const struct runtime_state *state,
				      const struct thread *thread)
{
	if (thread->state == THREAD_ENDED)
		return (struct thread_traits){0};
	return (struct thread_traits){
		.signalled = thread->signalled != 0,
		.joining = join_is_waiting(thread)
				   ? slot_of(state, thread->joining)
				   : 0,
		.polls = system_polled_ago(thread),
		.copies = thread->copy_bytes > 0 ? thread->copy_address : 0,
	};
}

/* The same for the same text, in however many pieces it came. */
static void add_output(struct digest *digest, const uint8_t *text,
		       size_t length)
{
	for (size_t i = 0; i < length; i++) {
		digest->low = hash_mix(digest->low, text[i] + 1U);
		digest->high = hash_mix(digest->high, text[i] + 257U);
	}
}

struct digest state_ending_digest(const struct engine *engine)
{
	const struct ending *ending = &engine->ending;
	uint64_t what[] = {
		ending->kind,
		(uint64_t)(uint32_t)ending->status,
		slot_of(&engine->runtime->state, ending->thread),
		ending->place,
	};

	return hash_bytes_wide(what, sizeof(what), 3);
}

/* --- Looking */

/* errno lies in one place for all threads (tls.h): each has its own value, and
 * whoever was the last one to run does not matter. */
static void settle_errno(struct runtime *runtime)
{
	struct thread **previous = &runtime->state.previous;

	runtime_leave(runtime);
	if (!*previous)
		return;
	(*previous)->saved_errno = errno;
	*previous = NULL;
	if (errno != 0)
		errno = 0;
}

/* Some of its lines have changed. Each counts anew if another mask holds. */
static void look_at_bytes_of(struct states *states, struct thread *thread,
			     uint64_t lines)
{
	struct thread *known = &states->known->threads[thread->number];
	enum thread_kind kind = kind_of(thread);

	if (kind != kind_of(known))
		lines = THREAD_ALL;
	shadow_look_lines(
		&states->shadow,
		&(struct shadow_bytes){
			.start = thread,
			.was = known,
			.bytes = sizeof(*thread),
			.digests = states->threads[thread->number].digests,
			.mask = (const uint8_t *)&states->masks[kind],
			.key = KEY_THREADS +
			       (uint64_t)thread->slot * sizeof(*thread)},
		lines);
}

static void look_at_traits(struct states *states,
			   const struct runtime_state *state,
			   const struct thread *thread,
			   struct thread_shadow *shadow)
{
	shadow->traits = traits_of(state, thread);
	shadow_look_bytes(
		&states->shadow,
		&(struct shadow_bytes){.start = &shadow->traits,
				       .was = &shadow->traits_known,
				       .bytes = sizeof(shadow->traits),
				       .digests = &shadow->traits_digest,
				       .key = KEY_TRAITS + thread->slot});
}

static void look_at_thread(struct states *states, struct runtime_state *state,
			   struct thread *thread, uint64_t lines)
{
	uint8_t *top = (uint8_t *)stacks_top(thread->slot);
	uint8_t *low = thread->state == THREAD_ENDED
			       ? top
			       : fiber_live_low(&thread->fiber);

	/* Whoever has run has at least made a step, or was waiting. */
	if (lines != 0) {
		look_at_bytes_of(states, thread, lines);
		look_at_traits(states, state, thread,
			       &states->threads[thread->number]);
	}
	shadow_look_stack(&states->shadow, thread->slot, low,
			  lines != 0 ? top - thread->stack_bytes : NULL);
}

/* So many are compared at a time. */
#define THREADS_AT_A_TIME (LINES_MAX / THREAD_LINES)

static void look_at_threads(struct states *states, struct runtime_state *state)
{
	const struct thread *known = states->known->threads;
	struct thread *threads = state->threads;

	for (size_t i = 0; i < state->count; i += THREADS_AT_A_TIME) {
		size_t count = state->count - i;
		uint64_t lines;

		if (count > THREADS_AT_A_TIME)
			count = THREADS_AT_A_TIME;
		lines = lines_differing((const uint8_t *)&threads[i],
					(const uint8_t *)&known[i],
					count * THREAD_LINES);
		for (size_t n = i; n < i + count; n++) {
			look_at_thread(states, state, &threads[n],
				       lines & THREAD_ALL);
			lines >>= THREAD_LINES;
		}
	}
}

/* A part of the runtime's state that counts as a whole. */
static void look_at_piece(struct states *states, const struct runtime *runtime,
			  const struct piece *piece,
			  struct piece_shadow *shadow)
{
	const uint8_t *state = (const uint8_t *)&runtime->state;
	size_t offset = (size_t)((const uint8_t *)piece->start - state);
	bool changed;

	/* Beyond its end, too, as far as it ever reached: it may have got
	 * shorter more than once. */
	if (shadow->most < piece->bytes)
		shadow->most = piece->bytes;
	if (shadow->most == 0)
		return;
	assert(offset + shadow->most <= sizeof(runtime->state));
	changed = shadow_look_bytes(
		&states->shadow,
		&(struct shadow_bytes){.start = piece->start,
				       .was = (uint8_t *)states->known + offset,
				       .bytes = shadow->most});
	if (!changed && piece->bytes == shadow->known.bytes)
		return;
	shadow->now = (struct piece_value){.bytes = piece->bytes};
	if (piece->bytes > 0)
		shadow->now.digest = hash_bytes_wide(piece->start, piece->bytes,
						     KEY_PIECES + offset);
	/* With symmetry, who holds a lock is counted otherwise. */
	if (!states->symmetry || piece->start != runtime->state.held) {
		digest_toggle(&states->shadow.now, shadow->known.digest);
		digest_toggle(&states->shadow.now, shadow->now.digest);
	}
	shadow_look_bytes(&states->shadow,
			  &(struct shadow_bytes){.start = &shadow->now,
						 .was = &shadow->known,
						 .bytes = sizeof(shadow->now)});
}

static void look_at_header(struct states *states, struct runtime_state *state)
{
	size_t live = state->count * sizeof(state->live[0]);

	shadow_look_bytes(&states->shadow,
			  &(struct shadow_bytes){.start = state,
						 .was = states->known,
						 .bytes = HEADER_BYTES,
						 .digests = &states->header,
						 .mask = states->header_mask,
						 .key = KEY_HEADER});
	/* Beyond those alive, too: there were more of them before. */
	shadow_look_bytes(&states->shadow,
			  &(struct shadow_bytes){.start = state->live,
						 .was = states->known->live,
						 .bytes = (live + 7) / 8 * 8});
}

static bool is_plain_piece(const struct runtime_state *state,
			   const struct piece *piece)
{
	return piece->start != state && piece->start != state->live &&
	       piece->start != state->threads;
}

static void look_at_runtime(struct states *states, struct runtime *runtime)
{
	struct runtime_state *state = &runtime->state;
	struct piece pieces[RUNTIME_PIECES];

	look_at_header(states, state);
	look_at_threads(states, state);
	runtime_pieces(runtime, pieces);
	for (uint32_t i = 0; i < RUNTIME_PIECES; i++)
		if (is_plain_piece(state, &pieces[i]))
			look_at_piece(states, runtime, &pieces[i],
				      &states->pieces[i]);
}

static int64_t input_offset(const struct world *world)
{
	return world->input_in_use ? lseek(STDIN_FILENO, 0, SEEK_CUR) : 0;
}

static void look_at_output(const struct buffer *text,
			   const struct state_level *below,
			   struct state_level *level)
{
	size_t length = below ? below->output_length : 0;

	level->output = below ? below->output : (struct digest){0};
	add_output(&level->output, text->data + length, text->length - length);
	level->output_length = text->length;
}

static struct digest rest_digest(const struct states *states,
				 const struct state_level *level)
{
	bool counts = !states->options.ignore_output;
	uint64_t rest[] = {counts ? level->output.low : 0,
			   counts ? level->output.high : 0, level->clock_seen,
			   (uint64_t)level->input_offset};

	return hash_bytes_wide(rest, sizeof(rest), 4);
}

bool state_rest_is_same(const struct state_level *level,
			const struct state_level *below)
{
	return level->output_length == below->output_length &&
	       level->clock_seen == below->clock_seen &&
	       level->input_offset == below->input_offset;
}

/* What is no memory: output, clock, input. */
static void look_at_rest(struct states *states, struct runtime *runtime,
			 struct state_level *level)
{
	const struct state_level *below = states->count > 0 ? level - 1 : NULL;
	struct world *world = &runtime->world;

	output_drain(&world->output);
	world_note_input(world);
	look_at_output(&world->output.text, below, level);
	level->clock_ns = world->clock_ns;
	level->clock_seen =
		runtime->visible.clock_is_read ? world->clock_ns : 0;
	level->input_offset = input_offset(world);
	level->rest = below && state_rest_is_same(level, below)
			      ? below->rest
			      : rest_digest(states, level);
}

void state_look(struct states *states, struct engine *engine)
{
	struct runtime *runtime = engine->runtime;
	struct state_level *level;

	assert(states->count == engine->depth);
	memory_reserve((void **)&states->levels, &states->capacity,
		       states->count + 1, sizeof(*states->levels));
	level = &states->levels[states->count];
	level->mark = shadow_mark(&states->shadow);
	if (states->symmetry)
		symmetry_open(states->symmetry, states->count);
	states->shadow.looks_far =
		states->count == 0 || (runtime->entangled & ENTANGLED);
	settle_errno(runtime);
	look_at_rest(states, runtime, level);
	shadow_look_pages(&states->shadow, &runtime->world.pages);
	look_at_runtime(states, runtime);
	level->shadow = states->shadow.now;
	level->digest = level->shadow;
	digest_toggle(&level->digest, level->rest);
	if (states->symmetry)
		symmetry_close(states->symmetry, states->count);
}

/* Nobody has anything to do before it is asked what is possible now. */

/* --- Images */

static void put_masked(struct buffer *image, const void *bytes,
		       const void *mask, size_t length)
{
	const uint8_t *from = bytes;
	const uint8_t *counts = mask;

	for (size_t i = 0; i < length; i++) {
		uint8_t byte = from[i] & counts[i];

		buffer_put(image, &byte, 1);
	}
}

/* Threads in the order of their slots. */
static void put_threads(const struct states *states,
			const struct runtime_state *state, struct buffer *image)
{
	for (uint32_t slot = 0; slot < LAYOUT_SLOTS; slot++) {
		for (uint32_t i = 0; i < state->count; i++) {
			const struct thread *thread = &state->threads[i];
			struct thread_traits traits = traits_of(state, thread);

			if (thread->slot != slot)
				continue;
			put_masked(image, thread,
				   &states->masks[kind_of(thread)],
				   sizeof(*thread));
			buffer_put(image, &traits, sizeof(traits));
		}
	}
}

void states_image(const struct states *states, const struct engine *engine,
		  struct buffer *image)
{
	struct runtime *runtime = engine->runtime;
	const struct world *world = &runtime->world;
	struct piece pieces[RUNTIME_PIECES];

	shadow_image(&states->shadow, &world->pages, image);
	put_threads(states, &runtime->state, image);
	put_masked(image, &runtime->state, states->header_mask, HEADER_BYTES);
	runtime_pieces(runtime, pieces);
	for (uint32_t i = 0; i < RUNTIME_PIECES; i++)
		if (is_plain_piece(&runtime->state, &pieces[i]))
			buffer_put(image, pieces[i].start, pieces[i].bytes);
	if (!states->options.ignore_output)
		buffer_put(image, world->output.text.data,
			   world->output.text.length);
	if (runtime->visible.clock_is_read)
		buffer_put_u64(image, world->clock_ns);
	buffer_put_u32(image, engine->ended);
	if (engine->ended)
		buffer_put(image, &engine->ending.kind,
			   sizeof(engine->ending.kind));
}
