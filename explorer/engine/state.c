/*
 * Levels and digests. See state.h.
 */
#include "engine/state_parts.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "engine/rewind.h"
#include "engine/step.h"

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

/* The time that a thread knows to have come counts where some execution asks
 * for the time, as then the time itself does. */
static void mask_time(struct states *states, const struct visible *visible)
{
	for (int kind = KIND_LIVE; kind <= KIND_ENDED; kind++) {
		if (visible->clock_is_read)
			COUNT(&states->masks[kind], now);
		else
			LEAVE_OUT(&states->masks[kind], now);
	}
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
		state_look(states, engine);
	return states->looked;
}

static void see_end(struct states *states, const struct engine *engine)
{
	if (engine->ended)
		digest_toggle(&states->levels[states->count].digest,
			      state_ending_digest(engine));
}

void states_end_step(struct states *states, struct engine *engine)
{
	step_conclude(engine);
	if (!states->looked)
		state_look(states, engine);
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

	return states->count > 0 && state_rest_is_same(level, level - 1);
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

/* What is checked are digests of what differs from the base. */
static void make_base(struct engine *engine)
{
	rewind_make_base(engine);
	check_forget(engine);
	if (CHECKED)
		check_arrive(engine);
}

void states_begin(struct states *states, struct engine *engine)
{
	engine_begin(engine);
	if (!engine->has_base || engine->base_depth > 0)
		make_base(engine);
	states->count = 0;
	mask_time(states, &engine->runtime->visible);
	forget_threads(states);
	shadow_begin(&states->shadow);
	if (states->symmetry)
		symmetry_begin(states->symmetry, engine, &states->shadow);
	state_look(states, engine);
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
