/*
 * Levels and digests. See state.h.
 */
#include "engine/state.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "engine/rewind.h"
#include "engine/step.h"
#include "engine/symmetry.h"
#include "runtime/join.h"
#include "world/stacks.h"

#define HEADER_BYTES offsetof(struct runtime_state, live)

/* Of what is no memory, beside each level of memory. */
struct state_level {
	size_t mark;
	struct digest digest; /* of the whole state */
	struct digest shadow;
	struct digest rest; /* of what is no memory, but for the ending */
	struct digest output;
	size_t output_length;
	uint64_t clock_ns;
	uint64_t clock_seen; /* 0 as long as nobody can tell what time it is */
	int64_t input_offset;
};

/* What a thread is, as far as it is no bytes that stay what they are: of these
 * its digest counts what can make a difference, beside what `mask` leaves. */
struct thread_traits {
	uint64_t signalled;
	uint64_t joining; /* slot */
	uint64_t polls;	  /* since when it polls */
	uint64_t copies;  /* where to */
};

/* Which of a thread's bytes count. */
enum thread_kind { KIND_LIVE, KIND_ENDED, KIND_JOINED, THREAD_KINDS };

#define THREAD_LINES (sizeof(struct thread) / LINE_BYTES)
#define THREAD_ALL   (((uint64_t)1 << THREAD_LINES) - 1)
_Static_assert(sizeof(struct thread) % LINE_BYTES == 0,
	       "threads follow each other by whole lines");

/* Of a thread: what it adds to the digest of the state. */
struct thread_shadow {
	struct thread_traits traits;
	struct thread_traits traits_known;
	struct digest digests[THREAD_LINES];
	struct digest traits_digest;
};

/* A part of the runtime's state that counts as a whole. */
struct piece_value {
	struct digest digest;
	uint64_t bytes;
};
struct piece_shadow {
	struct piece_value now;
	struct piece_value known;
	size_t most; /* bytes that it ever had */
};

struct states {
	struct state_options options;
	struct shadow shadow;
	struct thread masks[THREAD_KINDS];
	uint8_t header_mask[HEADER_BYTES];
	/* Shadows of the runtime's state. */
	struct runtime_state *known;
	struct thread_shadow *threads; /* by number */
	struct digest header;
	struct piece_shadow pieces[RUNTIME_PIECES];
	/* The topmost is where the world was looked at last, until it is kept:
	 * levels[count]. */
	struct state_level *levels;
	size_t count;
	size_t capacity;
	bool looked;		   /* the step that was begun was looked at */
	struct symmetry *symmetry; /* NULL: threads are themselves */
};

/* Keys of what lies nowhere: digests tell them from addresses. */
enum { KEY_HEADER = 1, KEY_PIECES = 4096, KEY_THREADS = 1 << 20 };
#define KEY_TRAITS (UINT64_C(1) << 40)

/* --- What tells states apart */

#define COUNT_ALL(mask)	       memset(mask, 0xff, sizeof(*(mask)))
#define LEAVE_OUT(mask, field) memset(&(mask)->field, 0, sizeof((mask)->field))
#define COUNT(mask, field)     memset(&(mask)->field, 0xff, sizeof((mask)->field))

/* Leaves out what the future does not depend on: who is called what, how many
 * steps were made, what the last operation's result was, which the thread has
 * got by now. */
static void mask_live(struct thread *mask, bool with_yields)
{
	COUNT_ALL(mask);
	LEAVE_OUT(mask, number);
	LEAVE_OUT(mask, creator);
	LEAVE_OUT(mask, index);
	LEAVE_OUT(mask, created_at);
	LEAVE_OUT(mask, created_nth);
	LEAVE_OUT(mask, joined_at);
	LEAVE_OUT(mask, joined_nth);
	LEAVE_OUT(mask, joined_by);
	LEAVE_OUT(mask, result);
	LEAVE_OUT(mask, alternative);
	LEAVE_OUT(mask, fences);
	LEAVE_OUT(mask, creator_fences);
	if (!with_yields)
		LEAVE_OUT(mask, yielded);
	/* These are traits. */
	LEAVE_OUT(mask, signalled);
	LEAVE_OUT(mask, joining);
	LEAVE_OUT(mask, polled_at);
	LEAVE_OUT(mask, copy_address);
}

/* A thread that nobody can see any more but by joining it. */
static void mask_ended(struct thread *mask, enum thread_kind kind)
{
	COUNT(mask, slot);
	COUNT(mask, state);
	COUNT(mask, detached);
	COUNT(mask, joined);
	if (kind == KIND_JOINED)
		return;
	COUNT(mask, value);
	COUNT(mask, context);
}

/* How many threads there are, and which of them live, is said by these. */
static void mask_header(struct runtime_state *mask)
{
	memset(mask, 0xff, HEADER_BYTES);
	LEAVE_OUT(mask, count);
	LEAVE_OUT(mask, alive);
	LEAVE_OUT(mask, creates_and_joins);
	LEAVE_OUT(mask, previous);
}

static void make_masks(struct states *states)
{
	/* As large as it is, only its beginning is a mask. */
	struct runtime_state *header = states->known;

	mask_live(&states->masks[KIND_LIVE], states->options.with_yields);
	mask_ended(&states->masks[KIND_ENDED], KIND_ENDED);
	mask_ended(&states->masks[KIND_JOINED], KIND_JOINED);
	mask_header(header);
	memcpy(states->header_mask, header, HEADER_BYTES);
	memset(header, 0, HEADER_BYTES);
}

struct states *states_new(const struct state_options *options)
{
	struct states *states = memory_new(sizeof(*states));

	states->options = *options;
	states->known = memory_new(sizeof(*states->known));
	states->threads = memory_new(THREADS_MAX * sizeof(*states->threads));
	make_masks(states);
	if (options->with_symmetry)
		states->symmetry = symmetry_new(&(struct symmetry_sources){
			.live_mask = &states->masks[KIND_LIVE],
			.ended_mask = &states->masks[KIND_ENDED],
			.traits = (const uint8_t *)&states->threads[0].traits,
			.traits_bytes = sizeof(struct thread_traits),
			.stride = sizeof(states->threads[0])});
	return states;
}

void states_free(struct states *states)
{
	shadow_fini(&states->shadow);
	symmetry_free(states->symmetry);
	memory_free(states->known, sizeof(*states->known));
	memory_free(states->threads, THREADS_MAX * sizeof(*states->threads));
	memory_free(states->levels, states->capacity * sizeof(*states->levels));
	memory_free(states, sizeof(*states));
}

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
		.polls = thread->polls > 0 ? thread->index - thread->polled_at
					   : 0,
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

/* How an execution has ended; and of which thread, that is behind its slot. */
static struct digest ending_digest(const struct engine *engine)
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

static bool is_rest_the_same(const struct state_level *level,
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
	level->rest = below && is_rest_the_same(level, below)
			      ? below->rest
			      : rest_digest(states, level);
}

static void look(struct states *states, struct engine *engine)
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
static bool is_at_rest(const struct engine *engine)
{
	return engine->runtime->ready_count == 0 && engine->spins_awake &&
	       !engine->ended;
}

bool states_begin_step(struct states *states, struct engine *engine,
		       struct choice choice)
{
	step_perform(engine, choice);
	states->looked = is_at_rest(engine);
	if (states->looked)
		look(states, engine);
	return states->looked;
}

static void see_end(struct states *states, const struct engine *engine)
{
	if (engine->ended)
		digest_toggle(&states->levels[states->count].digest,
			      ending_digest(engine));
}

void states_end_step(struct states *states, struct engine *engine)
{
	step_conclude(engine);
	if (!states->looked)
		look(states, engine);
	see_end(states, engine);
}

struct digest states_digest(const struct states *states)
{
	return states->levels[states->count].digest;
}

uint64_t states_symmetry_bytes(const struct states *states)
{
	return states->symmetry ? symmetry_bytes(states->symmetry) : 0;
}

struct digest states_symmetric_digest(struct states *states,
				      const struct engine *engine,
				      uint32_t marked)
{
	return symmetry_digest(states->symmetry, engine, states_digest(states),
			       marked);
}

enum asymmetry states_check_symmetry(struct states *states,
				     const struct engine *engine)
{
	return symmetry_check(states->symmetry, engine);
}

void states_learn_by_symmetry(struct states *states)
{
	symmetry_learn(states->symmetry);
}

void states_forgo_symmetry(struct states *states)
{
	states->shadow.changed = NULL;
	symmetry_free(states->symmetry);
	states->symmetry = NULL;
}

void states_keep(struct states *states)
{
	shadow_keep(&states->shadow);
	states->count++;
}

/* --- By thread */

static uint32_t thread_with_slot(const struct runtime_state *state,
				 uint64_t slot)
{
	for (uint32_t i = 0; i < state->count; i++)
		if (state->threads[i].slot == slot)
			return i;
	return THREADS_MAX;
}

uint32_t states_owner(const struct states *states, const struct engine *engine,
		      const uint8_t *line)
{
	const struct runtime_state *state = &engine->runtime->state;
	uintptr_t in_threads = (uintptr_t)line - (uintptr_t)state->threads;
	uintptr_t in_traits = (uintptr_t)line - (uintptr_t)states->threads;
	uint64_t slot = stacks_slot((uintptr_t)line);
	uintptr_t lines = (uintptr_t)line - (uintptr_t)states->shadow.stacks;

	if (slot < LAYOUT_SLOTS)
		return thread_with_slot(state, slot);
	if (in_threads < sizeof(state->threads))
		return (uint32_t)(in_threads / sizeof(state->threads[0]));
	if (in_traits < THREADS_MAX * sizeof(*states->threads))
		return (uint32_t)(in_traits / sizeof(*states->threads));
	if (lines < sizeof(states->shadow.stacks))
		return thread_with_slot(state,
					lines / sizeof(struct shadow_stack));
	return THREADS_MAX;
}

struct digest states_thread_digest(const struct states *states,
				   const struct thread *thread)
{
	const struct thread_shadow *shadow = &states->threads[thread->number];
	struct digest sum = shadow_stack_digest(&states->shadow, thread->slot);

	for (size_t i = 0; i < THREAD_LINES; i++)
		digest_toggle(&sum, shadow->digests[i]);
	digest_toggle(&sum, shadow->traits_digest);
	return sum;
}

const struct shadow *states_shadow(const struct states *states)
{
	return &states->shadow;
}

bool states_step_is_quiet(const struct states *states)
{
	const struct state_level *level = &states->levels[states->count];

	return states->count > 0 && is_rest_the_same(level, level - 1) &&
	       level->clock_ns == level[-1].clock_ns;
}

bool states_step_is_alone(const struct states *states)
{
	return states->looked;
}

static void forget_threads(struct states *states)
{
	memset(states->known, 0, sizeof(*states->known));
	memset(states->threads, 0, THREADS_MAX * sizeof(*states->threads));
	memset(states->pieces, 0, sizeof(states->pieces));
	states->header = (struct digest){0};
}

void states_begin(struct states *states, struct engine *engine)
{
	engine_begin(engine);
	if (!engine->has_base || engine->base_depth > 0)
		rewind_make_base(engine);
	states->count = 0;
	forget_threads(states);
	shadow_begin(&states->shadow);
	if (states->symmetry)
		symmetry_begin(states->symmetry, engine, &states->shadow);
	look(states, engine);
	see_end(states, engine);
}

/* --- Going back */

/* The memory is that of the level below, which becomes the topmost. */
static void go_back(struct states *states, struct engine *engine,
		    const struct state_level *level)
{
	struct runtime *runtime = engine->runtime;
	struct world *world = &runtime->world;
	const struct state_level *below = level - 1;

	if (states->shadow.blocks_changed) {
		heap_changed(&world->heap);
		states->shadow.blocks_changed = false;
	}
	world->output.text.length = below->output_length;
	world->clock_ns = below->clock_ns;
	if (world->input_in_use && level->input_offset != below->input_offset)
		lseek(STDIN_FILENO, below->input_offset, SEEK_SET);
	runtime->ready_count = 0;
	runtime->hang = false;
	engine->ended = false;
	engine->depth--;
	findings_rewind(&engine->findings, engine->depth);
	lock_order_rewind(&engine->lock_orders, engine->depth);
	history_rewind(&engine->history, engine->depth);
	runtime->step = (uint32_t)engine->depth;
	engine->shared->length = (uint32_t)engine->depth;
}

void states_drop(struct states *states, struct engine *engine)
{
	assert(states->count > 0);
	runtime_leave(engine->runtime);
	shadow_drop(&states->shadow);
	go_back(states, engine, &states->levels[states->count]);
}

void states_back(struct states *states, struct engine *engine)
{
	const struct state_level *level = &states->levels[--states->count];

	assert(states->count > 0);
	runtime_leave(engine->runtime);
	shadow_back(&states->shadow, level->mark, level[-1].shadow);
	go_back(states, engine, level);
}

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
