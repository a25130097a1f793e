/*
 * Invariants and digests. See check.h.
 */
#include "engine/check.h"

#include <assert.h>

#include "base/memory.h"
#include "engine/engine.h"
#include "runtime/enabled.h"

/* --- Invariants */

/* Steps further back were looked at when they were new. */
#define STEPS_CHECKED 64U

static void check_engine(const struct engine *engine)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *moved = engine_last_moved(engine);
	uint32_t last = moved ? moved->number : 0;
	size_t first = engine->depth > STEPS_CHECKED
			       ? engine->depth - STEPS_CHECKED
			       : 0;

	/* 1 */
	for (size_t i = first; i < engine->depth; i++) {
		assert(engine->log[i].choice.thread ==
		       engine->schedule[i].thread);
		assert(engine->log[i].choice.alternative ==
		       engine->schedule[i].alternative);
	}
	assert(engine->shared->length == engine->depth);
	/* 2 */
	assert(engine->ended == (engine->choice_count == 0));
	for (uint32_t i = 0; i < engine->choice_count; i++) {
		uint32_t thread = engine->choices[i].thread;

		assert(thread < state->count);
		assert(runtime_is_enabled(&state->threads[thread]));
		assert(i == 0 || thread != last ||
		       engine->choices[i - 1].thread == last);
		assert(i == 0 || engine->choices[i - 1].thread == last ||
		       engine->choices[i - 1].thread <= thread);
	}
	/* 3 */
	assert(!engine->has_base || engine->base_depth <= engine->depth);
	for (unsigned i = 0; engine->has_base && i < engine->mark_count; i++) {
		assert(engine->marks[i].depth <= engine->depth);
		assert(engine->marks[i].depth >
		       (i > 0 ? engine->marks[i - 1].depth
			      : engine->base_depth));
	}
}

static void check_findings(const struct engine *engine)
{
	const struct findings *findings = &engine->findings;
	size_t on_path = 0;

	for (size_t i = 0; i < findings->path_count; i++) {
		assert(findings->path[i].depth <= engine->depth);
		assert(i == 0 ||
		       findings->path[i - 1].depth <= findings->path[i].depth);
		assert(findings->at[findings->path[i].id].on_path);
	}
	for (size_t i = 0; i < findings->count; i++)
		on_path += findings->at[i].on_path;
	assert(on_path == findings->path_count);
}

static void check_runtime(const struct runtime *runtime)
{
	const struct runtime_state *state = &runtime->state;
	uint32_t alive = 0;

	assert(runtime->ready_count == 0);
	for (uint32_t i = 0; i < state->count; i++) {
		assert(state->threads[i].number == i);
		if (state->threads[i].state == THREAD_ENDED)
			continue;
		assert(alive < state->alive);
		assert(state->live[alive] == i);
		alive++;
	}
	assert(alive == state->alive);
}

static void check_visible(const struct visible *visible)
{
	assert(visible->numbers.count == visible->count);
	for (uint32_t i = 0; i < visible->count; i++)
		assert(visible_number(visible, visible->granules[i].address) ==
		       i);
}

void check_invariants(const struct engine *engine)
{
	check_engine(engine);
	check_findings(engine);
	check_runtime(engine->runtime);
	check_visible(&engine->runtime->visible);
}

/* --- Digests */

/* A thread without its stack pointer. */
static struct piece piece_of(struct thread *thread)
{
	uint8_t *start = (uint8_t *)&thread->pending;

	return (struct piece){start, (size_t)((uint8_t *)(thread + 1) - start)};
}

uint64_t check_digest(struct engine *engine)
{
	struct runtime_state *state = &engine->runtime->state;
	struct piece pieces[RUNTIME_PIECES + THREADS_MAX];
	size_t count;

	runtime_pieces(engine->runtime, pieces);
	/* The last one is all threads. */
	count = RUNTIME_PIECES - 1;
	for (uint32_t i = 0; i < state->count; i++)
		pieces[count++] = piece_of(&state->threads[i]);
	return world_digest(&engine->runtime->world, pieces, count);
}

void check_arrive(struct engine *engine)
{
	struct check *check = &engine->check;
	uint64_t digest = check_digest(engine);

	if (engine->diverged)
		return;
	if (engine->depth < check->expected) {
		assert(check->digests[engine->depth] == digest);
		if (engine->depth + 1 == check->expected)
			check->expected = 0;
		return;
	}
	memory_reserve((void **)&check->digests, &check->capacity,
		       engine->depth + 1, sizeof(*check->digests));
	assert(check->count >= engine->depth);
	check->digests[engine->depth] = digest;
	check->count = engine->depth + 1;
}

void check_expect(struct engine *engine, size_t depth)
{
	struct check *check = &engine->check;

	check->expected = depth < check->count ? depth + 1 : check->count;
}

void check_forget(struct engine *engine)
{
	engine->check.count = 0;
	engine->check.expected = 0;
}
