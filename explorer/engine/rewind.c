/*
 * Beginning and going back. See engine.h for the idea.
 */
#include "engine/rewind.h"

#include <assert.h>

#include "base/cycles.h"
#include "engine/choices.h"
#include "engine/ending.h"
#include "engine/frame_finding.h"
#include "engine/heap_finding.h"
#include "engine/misuse.h"
#include "engine/recheck.h"
#include "engine/spin.h"
#include "engine/step.h"
#include "runtime/enabled.h"

/* Of a thread its stack, and its window. */
#define PIECES_MAX (RUNTIME_PIECES + 2 * THREADS_MAX)
/* No world is saved closer than so many steps before the place that a rewind
 * goes to: repeating these is cheaper than saving, however small the world. */
#define MARK_GAP_MIN 4U
#define MARK_GAP_MAX (1U << 24)
/* Steps are measured in every so manieth execution. */
#define MEASURE_EVERY 32U
#define STEPS_SCALE   16U

void engine_init(struct engine *engine, struct runtime *runtime,
		 struct shared *shared)
{
	*engine = (struct engine){
		.runtime = runtime,
		.shared = shared,
		.schedule = shared->schedule,
		.steps_max = SHARED_CHOICES,
	};
	misuse_listen(engine);
	lock_order_listen(engine);
	heap_finding_listen(engine);
	frame_finding_listen(engine);
}

/* Everything that a saved world includes besides pages: the runtime's state
 * and what is live of each green stack. */
static size_t list_pieces(struct engine *engine, struct piece *pieces)
{
	struct runtime_state *state = &engine->runtime->state;
	size_t count = RUNTIME_PIECES;
	struct thread *thread;

	runtime_pieces(engine->runtime, pieces);
	FOR_LIVE(thread, state)
	{
		uint8_t *low = fiber_live_low(&thread->fiber);

		pieces[count++] = (struct piece){low, stacks_top(thread->slot) -
							      (uintptr_t)low};
		if (thread->spin_watched)
			pieces[count++] = spin_piece(engine, thread);
	}
	return count;
}

uint64_t engine_digest(struct engine *engine)
{
	struct piece pieces[PIECES_MAX];
	size_t count = list_pieces(engine, pieces);

	return world_digest(&engine->runtime->world, pieces, count);
}

static void protect(struct engine *engine, struct snapshot *snapshot)
{
	struct piece pieces[PIECES_MAX];
	size_t count = list_pieces(engine, pieces);

	world_protect(&engine->runtime->world, snapshot, pieces, count);
}

void rewind_make_base(struct engine *engine)
{
	world_check_input(&engine->runtime->world);
	protect(engine, &engine->base);
	engine->has_base = true;
	engine->mark_count = 0;
	engine->base_depth = engine->depth;
}

void engine_begin(struct engine *engine)
{
	struct runtime *runtime = engine->runtime;

	if (engine->has_base && engine->base_depth == 0) {
		engine_rewind(engine, 0);
		return;
	}
	findings_rewind(&engine->findings, 0);
	epochs_rewind(&engine->epochs, 0);
	lock_order_rewind(&engine->lock_orders, 0);
	history_rewind(&engine->history, 0);
	if (engine->started) {
		runtime_leave(runtime);
		world_restore(&runtime->world, 0, &engine->origin);
		/* The main thread is about to go on from its very start. */
		runtime->ready_count = 0;
		runtime_make_ready(runtime, &runtime->state.threads[0]);
		engine->has_base = false;
	} else {
		protect(engine, &engine->origin);
		engine->started = true;
	}
	runtime->hang = false;
	history_begin(&engine->history, &runtime->visible);
	engine->depth = 0;
	runtime->step = 0;
	engine->shared->length = 0;
	engine->shared->heartbeat++;
	engine->ended = false;
	if (engine->check.expected == 0)
		check_expect(engine, 0);
	step_settle(engine);
	step_arrive(engine);
}

void engine_new_round(struct engine *engine)
{
	lent_cover(&engine->runtime->lent, &engine->runtime->visible);
	findings_forget(&engine->findings);
	lock_order_clear(&engine->lock_orders);
	epochs_forget(&engine->epochs);
	history_rewind(&engine->history, 0);
	if (engine->has_base) {
		runtime_leave(engine->runtime);
		world_restore(&engine->runtime->world, 0, &engine->origin);
	}
	engine->has_base = false;
	engine->mark_count = 0;
	engine->depth = 0;
	check_forget(engine);
}

/* Restores the deepest saved world at or before `depth`. */
static void restore(struct engine *engine, size_t depth)
{
	struct runtime *runtime = engine->runtime;

	runtime_leave(runtime);
	while (engine->mark_count > 0 &&
	       engine->marks[engine->mark_count - 1].depth > depth)
		engine->mark_count--;
	if (engine->mark_count > 0) {
		const struct mark *mark =
			&engine->marks[engine->mark_count - 1];

		world_load(&runtime->world, &mark->snapshot);
		engine->depth = mark->depth;
	} else {
		world_restore(&runtime->world, 1, &engine->base);
		engine->depth = engine->base_depth;
	}
	runtime->ready_count = 0;
	runtime->hang = false;
	engine->ended = false;
}

/* Takes a measurement in. One that was interrupted is not believed. */
static void learn_cost(uint64_t *cost, uint64_t measured)
{
	if (*cost == 0)
		*cost = measured;
	else if (measured / 4 <= *cost)
		*cost = (*cost * 7 + measured) / 8;
}

/* How many steps cost as much as saving a world does, as a power of two. The
 * larger a world, and the faster its steps, the more is repeated instead; in
 * the end all, from the base. What saving costs fades, so that it is tried
 * again. */
static size_t mark_gap(struct engine *engine)
{
	struct rewind_costs *costs = &engine->costs;
	size_t gap = MARK_GAP_MIN;

	costs->save -= costs->save >> 10;
	while (gap < MARK_GAP_MAX &&
	       gap * costs->steps < costs->save * STEPS_SCALE)
		gap *= 2;
	return costs->steps > 0 ? gap : MARK_GAP_MIN;
}

/*
 * On the way to `depth` the world is saved a little, a good deal and far before
 * it. A depth-first search comes back to nearly the same place again and
 * again, and less and less often to places further up; what it then has to
 * repeat stays short, for a handful of saved worlds.
 */
static void mark_on_the_way(struct engine *engine, size_t depth, size_t gap)
{
	size_t last = engine->mark_count > 0
			      ? engine->marks[engine->mark_count - 1].depth
			      : engine->base_depth;
	size_t left = depth - engine->depth;
	struct piece pieces[PIECES_MAX];
	struct mark *mark;
	uint64_t start;
	size_t count;

	if (left < gap || (left & (left - 1)) != 0 ||
	    engine->depth < last + left || engine->mark_count == MARKS_MAX ||
	    engine->no_marks)
		return;
	mark = &engine->marks[engine->mark_count++];
	mark->depth = engine->depth;
	start = cycles_now();
	count = list_pieces(engine, pieces);
	world_save(&engine->runtime->world, &mark->snapshot, pieces, count);
	learn_cost(&engine->costs.save, cycles_now() - start);
}

/* --- Repeating */

/* The same schedule did something else than before: the search has lost its
 * footing. */
void engine_stop_diverged(struct engine *engine)
{
	ending_diverged(engine);
	engine->stopped = true;
	engine->diverged = true;
}

void rewind_stop_diverged(struct engine *engine)
{
	recheck_tell_step(engine);
	engine_stop_diverged(engine);
}

bool engine_step_again(struct engine *engine, struct choice choice)
{
	if (engine->ended || !choices_have(engine, choice)) {
		recheck_tell_choice(engine, choice);
		engine_stop_diverged(engine);
		return false;
	}
	engine_step(engine, choice);
	engine->transitions--;
	return true;
}

static inline bool is_as_recorded(const struct engine *engine,
				  const struct performed *expected)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread = &state->threads[expected->choice.thread];
	const struct operation *pending = &thread->pending;

	return expected->choice.thread < state->count &&
	       thread->state == THREAD_PENDING &&
	       pending->op == expected->announced &&
	       pending->address == expected->operation.address &&
	       pending->place == expected->operation.place &&
	       /* Accesses are possible always, with one result. */
	       (operation_is_access(pending) ||
		(runtime_is_enabled(thread) &&
		 runtime_may_have(thread, expected->choice.alternative)));
}

bool rewind_is_as_recorded(const struct engine *engine)
{
	return is_as_recorded(engine, &engine->log[engine->depth]);
}

/* The next step of the log, up to the depth *context. */
static bool pick_recorded(void *context, struct engine *engine,
			  struct choice *ret_choice)
{
	const struct performed *next = &engine->log[engine->depth];
	const size_t *until = context;

	if (engine->depth >= *until)
		return false;
	*ret_choice = choice_of(next->choice.thread, next->choice.alternative);
	if (is_as_recorded(engine, next))
		return true;
	rewind_stop_diverged(engine);
	return false;
}

/* Where the world may next be saved on the way to `depth`. */
static size_t next_mark(const struct engine *engine, size_t depth, size_t gap)
{
	size_t left = depth - engine->depth;

	if (left <= gap)
		return depth;
	while (gap * 2 < left)
		gap *= 2;
	return depth - gap;
}

/* Makes the steps of the log up to a depth. */
static void repeat(struct engine *engine, size_t until)
{
	size_t from = engine->depth;
	uint64_t start = 0;

	if (engine->executions % MEASURE_EVERY == 0)
		start = cycles_now();
	engine_drive(engine, pick_recorded, &until);
	if (start > 0 && engine->depth > from)
		learn_cost(&engine->costs.steps,
			   (cycles_now() - start) * STEPS_SCALE /
				   (engine->depth - from));
}

/* From a saved world: what was found on the way is known already. */
static void repeat_from_saved(struct engine *engine, size_t depth)
{
	size_t gap = mark_gap(engine);

	restore(engine, depth);
	findings_rewind(&engine->findings, depth);
	engine->repeating = true;
	engine->steady = false;
	while (engine->depth < depth && !engine->diverged) {
		mark_on_the_way(engine, depth, gap);
		repeat(engine, next_mark(engine, depth, gap));
	}
	engine->repeating = false;
	engine->shared->length = (uint32_t)engine->depth;
	step_arrive(engine);
}

/* From the origin, as if for the first time: a new base is found. */
static void repeat_from_origin(struct engine *engine, size_t depth)
{
	uint64_t transitions = engine->transitions;

	engine_begin(engine);
	while (engine->depth < depth && !engine->diverged) {
		if (rewind_is_as_recorded(engine)) {
			struct choice choice =
				engine->log[engine->depth].choice;

			engine_step(engine, choice);
		} else {
			rewind_stop_diverged(engine);
		}
	}
	engine->transitions = transitions;
}

void engine_rewind(struct engine *engine, size_t depth)
{
	assert(depth <= engine->depth);
	epochs_rewind(&engine->epochs, depth);
	lock_order_rewind(&engine->lock_orders, depth);
	history_rewind(&engine->history, depth);
	check_expect(engine, depth);
	if (engine->has_base && depth >= engine->base_depth)
		repeat_from_saved(engine, depth);
	else
		repeat_from_origin(engine, depth);
}

bool engine_follow(struct engine *engine, const struct choice *steps,
		   size_t count)
{
	engine_begin(engine);
	/* The schedule given may be the engine's own. */
	while (engine->depth < count) {
		struct choice next = steps[engine->depth];

		if (engine->ended || !choices_have(engine, next))
			return false;
		engine_step(engine, next);
	}
	return true;
}
