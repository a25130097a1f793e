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

#define HEADER_BYTES offsetof(struct runtime_state, live)

struct state_level {
	size_t mark;
	struct digest digest; /* of the whole state */
	struct digest shadow;
	struct digest output;
	size_t output_length;
	uint64_t clock_ns;
	int64_t input_offset;
};

struct states {
	struct state_options options;
	struct shadow shadow;
	/* Shadows of the runtime's state; and each thread's digest, which is
	 * part of the shadow's. */
	struct runtime_state *known;
	struct digest threads[THREADS_MAX];
	struct digest header;
	struct digest pieces[RUNTIME_PIECES];
	struct digest pieces_now[RUNTIME_PIECES];
	size_t most[RUNTIME_PIECES]; /* bytes that it ever had */
	struct state_level *levels;
	size_t count;
	size_t capacity;
};

struct states *states_new(const struct state_options *options)
{
	struct states *states = memory_new(sizeof(*states));

	states->options = *options;
	states->known = memory_new(sizeof(*states->known));
	return states;
}

void states_free(struct states *states)
{
	shadow_fini(&states->shadow);
	memory_free(states->known, sizeof(*states->known));
	memory_free(states->levels, states->capacity * sizeof(*states->levels));
	memory_free(states, sizeof(*states));
}

/* --- What tells states apart */

static uint32_t slot_of(const struct runtime_state *state, uint32_t number)
{
	return number < state->count ? state->threads[number].slot : number;
}

/* A thread that nobody can see any more but by joining it. */
static void strip_ended(const struct thread *thread, struct thread *bare)
{
	*bare = (struct thread){.slot = thread->slot,
				.state = thread->state,
				.detached = thread->detached,
				.joined = thread->joined};
	if (thread->joined)
		return;
	bare->value = thread->value;
	bare->context = thread->context;
}

/* Leaves out what the future does not depend on: who is called what, how many
 * steps were made, what the last operation's result was, which the thread has
 * got by now. */
static void strip_live(const struct states *states,
		       const struct runtime_state *state,
		       const struct thread *thread, struct thread *bare)
{
	memcpy(bare, thread, sizeof(*bare));
	bare->number = 0;
	bare->creator = 0;
	bare->index = 0;
	bare->created_at = 0;
	bare->created_nth = 0;
	bare->joined_at = 0;
	bare->joined_nth = 0;
	bare->joined_by = 0;
	bare->result = 0;
	bare->signalled = thread->signalled != 0;
	bare->polled_at =
		thread->polls > 0 ? thread->index - thread->polled_at : 0;
	bare->alternative = 0;
	bare->fences = 0;
	bare->creator_fences = 0;
	bare->yielded = states->options.with_yields && thread->yielded;
	bare->joining = thread->state == THREAD_JOINING
				? slot_of(state, thread->joining)
				: 0;
	if (thread->copy_bytes == 0)
		bare->copy_address = 0;
}

static void strip(const struct states *states,
		  const struct runtime_state *state,
		  const struct thread *thread, struct thread *bare)
{
	if (thread->state == THREAD_ENDED)
		strip_ended(thread, bare);
	else
		strip_live(states, state, thread, bare);
}

static struct digest thread_digest(const struct states *states,
				   const struct runtime_state *state,
				   const struct thread *thread)
{
	struct thread bare;

	strip(states, state, thread, &bare);
	return hash_bytes_wide(&bare, sizeof(bare), 1);
}

#define LEAVE_OUT(bare, field)                                                 \
	memset((bare) + offsetof(struct runtime_state, field), 0,              \
	       sizeof(((struct runtime_state *)0)->field))

/* How many threads there are, and which of them live, is said by these. */
static void strip_header(const struct runtime_state *state, uint8_t *bare)
{
	memcpy(bare, state, HEADER_BYTES);
	LEAVE_OUT(bare, count);
	LEAVE_OUT(bare, alive);
	LEAVE_OUT(bare, creates_and_joins);
	LEAVE_OUT(bare, previous);
}

static struct digest header_digest(const struct runtime_state *state)
{
	uint8_t bare[HEADER_BYTES];

	strip_header(state, bare);
	return hash_bytes_wide(bare, HEADER_BYTES, 2);
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

/* --- Taking a level */

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

static void take_thread(struct states *states, struct runtime_state *state,
			uint32_t number)
{
	struct thread *thread = &state->threads[number];
	struct digest *digest = &states->threads[number];
	uint8_t *low = thread->state == THREAD_ENDED
			       ? (uint8_t *)stacks_top(thread->slot)
			       : fiber_live_low(&thread->fiber);
	bool changed;

	shadow_take_stack(&states->shadow, thread->slot, low);
	changed = shadow_take_bytes(&states->shadow, thread,
				    &states->known->threads[number],
				    sizeof(*thread), digest);
	if (!changed)
		return;
	digest_toggle(&states->shadow.digest, *digest);
	*digest = thread_digest(states, state, thread);
	digest_toggle(&states->shadow.digest, *digest);
}

/* A part of the runtime's state that is what its bytes are. Taken beyond its
 * end, too, as far as it ever reached: it may have got shorter more than
 * once. */
static void take_piece(struct states *states, const struct runtime *runtime,
		       const struct piece *piece, uint32_t number)
{
	const uint8_t *state = (const uint8_t *)&runtime->state;
	size_t offset = (size_t)((const uint8_t *)piece->start - state);
	uint8_t *known = (uint8_t *)states->known + offset;
	struct digest *digest = &states->pieces[number];
	struct digest *now = &states->pieces_now[number];
	size_t *most = &states->most[number];

	if (*most < piece->bytes)
		*most = piece->bytes;
	assert(offset + *most <= sizeof(runtime->state));
	shadow_take_bytes(&states->shadow, piece->start, known, *most, NULL);
	*now = (struct digest){0};
	if (piece->bytes > 0)
		*now = hash_bytes_wide(piece->start, piece->bytes, 5 + offset);
	digest_toggle(&states->shadow.digest, *digest);
	digest_toggle(&states->shadow.digest, *now);
	shadow_take_bytes(&states->shadow, now, digest, sizeof(*now), NULL);
}

static void take_header(struct states *states, struct runtime_state *state)
{
	struct digest *header = &states->header;

	if (!shadow_take_bytes(&states->shadow, state, states->known,
			       HEADER_BYTES, header))
		return;
	digest_toggle(&states->shadow.digest, *header);
	*header = header_digest(state);
	digest_toggle(&states->shadow.digest, *header);
}

static bool is_plain_piece(const struct runtime_state *state,
			   const struct piece *piece)
{
	return piece->start != state && piece->start != state->live &&
	       piece->start != state->threads;
}

static void take_runtime(struct states *states, struct runtime *runtime)
{
	struct runtime_state *state = &runtime->state;
	struct piece pieces[RUNTIME_PIECES];

	take_header(states, state);
	/* Beyond those alive, too: there were more of them before. */
	shadow_take_bytes(&states->shadow, state->live, states->known->live,
			  state->count * sizeof(state->live[0]), NULL);
	for (uint32_t i = 0; i < state->count; i++)
		take_thread(states, state, i);
	runtime_pieces(runtime, pieces);
	for (uint32_t i = 0; i < RUNTIME_PIECES; i++)
		if (is_plain_piece(state, &pieces[i]))
			take_piece(states, runtime, &pieces[i], i);
}

static int64_t input_offset(const struct world *world)
{
	return world->input_in_use ? lseek(STDIN_FILENO, 0, SEEK_CUR) : 0;
}

/* What is no memory: output, clock, input. */
static void take_rest(struct states *states, struct runtime *runtime,
		      struct state_level *level)
{
	struct world *world = &runtime->world;
	const struct buffer *text = &world->output.text;

	output_drain(&world->output);
	world_note_input(world);
	if (states->count > 0) {
		const struct state_level *below = level - 1;

		level->output = below->output;
		add_output(&level->output, text->data + below->output_length,
			   text->length - below->output_length);
	} else {
		level->output = (struct digest){0};
		add_output(&level->output, text->data, text->length);
	}
	level->output_length = text->length;
	level->clock_ns = world->clock_ns;
	level->input_offset = input_offset(world);
}

static struct digest whole_digest(const struct states *states,
				  const struct engine *engine,
				  const struct state_level *level)
{
	struct digest digest = level->shadow;
	uint64_t rest[4] = {level->output.low, level->output.high,
			    level->clock_ns, (uint64_t)level->input_offset};

	if (states->options.ignore_output)
		rest[0] = rest[1] = 0;
	/* Nobody can tell what time it is. */
	if (!engine->runtime->visible.clock_is_read)
		rest[2] = 0;
	digest_toggle(&digest, hash_bytes_wide(rest, sizeof(rest), 4));
	if (engine->ended)
		digest_toggle(&digest, ending_digest(engine));
	return digest;
}

void states_take(struct states *states, struct engine *engine)
{
	struct runtime *runtime = engine->runtime;
	struct state_level *level;

	assert(states->count == engine->depth);
	memory_reserve((void **)&states->levels, &states->capacity,
		       states->count + 1, sizeof(*states->levels));
	level = &states->levels[states->count];
	level->mark = shadow_mark(&states->shadow);
	settle_errno(runtime);
	take_rest(states, runtime, level);
	shadow_take_pages(&states->shadow, &runtime->world.pages);
	take_runtime(states, runtime);
	level->shadow = states->shadow.digest;
	level->digest = whole_digest(states, engine, level);
	states->count++;
}

void states_begin(struct states *states, struct engine *engine)
{
	engine_begin(engine);
	if (!engine->has_base || engine->base_depth > 0)
		rewind_make_base(engine);
	states->count = 0;
	memset(states->known, 0, sizeof(*states->known));
	memset(states->threads, 0, sizeof(states->threads));
	memset(states->pieces, 0, sizeof(states->pieces));
	memset(states->pieces_now, 0, sizeof(states->pieces_now));
	states->header = (struct digest){0};
	shadow_begin(&states->shadow);
	states_take(states, engine);
}

/* --- Going back */

void states_back(struct states *states, struct engine *engine)
{
	struct runtime *runtime = engine->runtime;
	struct world *world = &runtime->world;
	const struct state_level *level = &states->levels[--states->count];
	const struct state_level *below = level - 1;

	assert(states->count > 0);
	runtime_leave(runtime);
	shadow_back(&states->shadow, level->mark);
	states->shadow.digest = below->shadow;
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
	runtime->step = (uint32_t)engine->depth;
	engine->shared->length = (uint32_t)engine->depth;
}

struct digest states_digest(const struct states *states)
{
	return states->levels[states->count - 1].digest;
}

/* --- Images */

/* Threads in the order of their slots. */
static void put_threads(const struct states *states,
			const struct runtime_state *state, struct buffer *image)
{
	struct thread bare;

	for (uint32_t slot = 0; slot < LAYOUT_SLOTS; slot++) {
		for (uint32_t i = 0; i < state->count; i++) {
			if (state->threads[i].slot != slot)
				continue;
			strip(states, state, &state->threads[i], &bare);
			buffer_put(image, &bare, sizeof(bare));
		}
	}
}

void states_image(const struct states *states, const struct engine *engine,
		  struct buffer *image)
{
	struct runtime *runtime = engine->runtime;
	const struct world *world = &runtime->world;
	struct piece pieces[RUNTIME_PIECES];
	uint8_t bare[HEADER_BYTES];

	shadow_image(&states->shadow, &world->pages, image);
	put_threads(states, &runtime->state, image);
	strip_header(&runtime->state, bare);
	buffer_put(image, bare, sizeof(bare));
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
