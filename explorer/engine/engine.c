/*
 * The transition system. See engine.h.
 */
#include "engine/engine.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "engine/deadlock.h"
#include "engine/dependence.h"
#include "engine/ending.h"
#include "engine/race.h"
#include "engine/record.h"

#define PIECES_MAX (RUNTIME_PIECES + THREADS_MAX)
/* No world is saved closer than so many steps before the place that a rewind
 * goes to: repeating these is cheaper than saving. */
#define MARK_GAP 4U

void engine_init(struct engine *engine, struct runtime *runtime,
		 struct shared *shared)
{
	*engine = (struct engine){
		.runtime = runtime,
		.shared = shared,
		.schedule = shared->schedule,
		.steps_max = SHARED_CHOICES,
	};
}

static struct thread *thread_of(struct engine *engine, struct choice choice)
{
	return &engine->runtime->state.threads[choice.thread];
}

/* --- Saving and restoring */

/* Everything that a saved world includes besides pages: the runtime's state
 * and what is live of each green stack. */
static size_t list_pieces(struct engine *engine, struct piece *pieces)
{
	struct runtime_state *state = &engine->runtime->state;
	size_t count = RUNTIME_PIECES;
	struct thread *thread;

	runtime_pieces(engine->runtime, pieces);
	FOR_LIVE(thread, state) {
		uint8_t *low = fiber_live_low(&thread->fiber);

		pieces[count++] = (struct piece){
			low, stacks_top(thread->slot) - (uintptr_t)low};
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

/* --- Choices */

static inline void add_choices(struct engine *engine,
			       const struct thread *thread)
{
	uint32_t alternatives = runtime_alternatives(thread);

	if (!runtime_is_enabled(thread))
		return;
	for (uint32_t i = 0; i < alternatives; i++) {
		if (engine->choice_count == CHOICES_MAX)
			return;
		engine->choices[engine->choice_count++] = (struct choice){
			(uint16_t)thread->number, (uint16_t)i};
	}
}

static void list_choices(struct engine *engine)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread;
	uint32_t last = engine->depth > 0
				? engine->log[engine->depth - 1].choice.thread
				: 0;

	engine->choice_count = 0;
	if (last < state->count)
		add_choices(engine, &state->threads[last]);
	FOR_LIVE(thread, state)
		if (thread->number != last)
			add_choices(engine, thread);
}

bool engine_is_preemption(const struct engine *engine, struct choice choice)
{
	const struct thread *last;

	if (engine->depth == 0)
		return false;
	last = &engine->runtime->state
			.threads[engine->log[engine->depth - 1].choice.thread];
	return choice.thread != last->number && !last->yielded &&
	       runtime_is_enabled(last);
}

/* --- Steps */

/* The world has come to rest: what is possible now? */
static void arrive(struct engine *engine)
{
	engine->choice_count = 0;
	if (engine->ended)
		return;
	if (engine->runtime->hang)
		ending_hang(engine);
	else if (engine->depth >= engine->steps_max)
		ending_limit(engine);
	else
		list_choices(engine);
	if (!engine->ended && engine->choice_count == 0)
		deadlock_end(engine);
	if (!engine->ended && engine->choice_count > 1 && !engine->has_base) {
		world_check_input(&engine->runtime->world);
		protect(engine, &engine->base);
		engine->has_base = true;
		engine->mark_count = 0;
		engine->base_depth = engine->depth;
	}
}

/* A thread that just announced or came to wait. */
static void inspect(struct engine *engine, const struct thread *thread)
{
	race_check(engine, thread);
	deadlock_check(engine, thread);
}

static void settle(struct engine *engine)
{
	const struct thread *thread;

	while ((thread = runtime_settle_one(engine->runtime)))
		inspect(engine, thread);
}

void engine_begin(struct engine *engine)
{
	struct runtime *runtime = engine->runtime;

	if (engine->has_base && engine->base_depth == 0) {
		engine_rewind(engine, 0);
		return;
	}
	findings_rewind(&engine->findings, 0);
	if (engine->started) {
		world_restore(&runtime->world, 0, &engine->origin);
		runtime->entered = NULL;
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
	settle(engine);
	arrive(engine);
}

void engine_new_round(struct engine *engine)
{
	findings_rewind(&engine->findings, 0);
	if (engine->has_base)
		world_restore(&engine->runtime->world, 0, &engine->origin);
	engine->has_base = false;
	engine->mark_count = 0;
	engine->depth = 0;
}

static inline void remember(struct engine *engine,
			    const struct thread *thread, struct choice choice)
{
	struct performed *performed;

	memory_reserve((void **)&engine->log, &engine->log_capacity,
		       engine->depth + 1, sizeof(*engine->log));
	performed = &engine->log[engine->depth];
	performed->operation = thread->pending;
	performed->choice = choice;
	performed->failed = false;
	performed->available =
		operation_is_access(&performed->operation) ||
		runtime_is_available(&performed->operation);
	engine->schedule[engine->depth] = choice;
	engine->shared->length = (uint32_t)(engine->depth + 1);
	if (thread->pending.op != OP_SPIN)
		engine->shared->heartbeat++;
}

/* Whether these very steps killed the process before. */
static const struct fatal *find_fatal(const struct engine *engine)
{
	for (uint32_t i = 0; i < engine->fatal_count; i++) {
		const struct schedule *schedule = &engine->fatal[i].schedule;

		if (schedule->length == engine->depth + 1 &&
		    memcmp(schedule->at, engine->schedule,
			   schedule->length * sizeof(*schedule->at)) == 0)
			return &engine->fatal[i];
	}
	return NULL;
}

static inline bool has_failed(const struct operation *operation,
			      const struct thread *thread)
{
	if (operation->op == OP_ATOMIC_COMPARE)
		return thread->result == 0;
	return (operation->op == OP_MUTEX_TRYLOCK ||
		operation->op == OP_SEM_TRYWAIT) &&
	       thread->result != 0;
}

/* Performs the step, without looking at what it leads to. Inline, as a switch
 * between stacks has the processor mispredict the return of each function that
 * it is nested in. */
static inline __attribute__((always_inline)) void perform(struct engine *engine, struct choice choice)
{
	struct thread *thread = thread_of(engine, choice);
	struct performed *performed;
	const struct fatal *fatal;

	remember(engine, thread, choice);
	performed = &engine->log[engine->depth];
	fatal = engine->fatal_count > 0 ? find_fatal(engine) : NULL;
	engine->steps++;
	engine->depth++;
	engine->runtime->step = (uint32_t)engine->depth;
	if (fatal) {
		ending_fatal(engine, fatal, thread);
		return;
	}
	if (op_class(performed->operation.op) == OP_CLASS_ENDING) {
		ending_perform(engine, thread);
		return;
	}
	thread->index++;
	thread->alternative = choice.alternative;
	thread->yielded = false;
	runtime_resume(engine->runtime, thread);
	performed->failed = has_failed(&performed->operation, thread);
}

void engine_step(struct engine *engine, struct choice choice)
{
	struct thread *thread = thread_of(engine, choice);

	assert(!engine->ended);
	if (engine->listener.step)
		record_before(engine, choice);
	perform(engine, choice);
	engine->transitions++;
	if (!engine->ended) {
		inspect(engine, thread);
		settle(engine);
	}
	if (engine->listener.step)
		record_after(engine);
	arrive(engine);
}

/* The step of the log at this depth once more: it must find the same operation
 * pending. */
static bool repeat(struct engine *engine)
{
	/* A copy: performing it writes the log. */
	const struct performed expected = engine->log[engine->depth];
	const struct thread *thread;

	if (expected.choice.thread >= engine->runtime->state.count)
		return false;
	thread = thread_of(engine, expected.choice);
	if (!runtime_is_enabled(thread) ||
	    thread->pending.op != expected.operation.op ||
	    thread->pending.address != expected.operation.address ||
	    thread->pending.place != expected.operation.place)
		return false;
	perform(engine, expected.choice);
	return true;
}

/* The same schedule did something else than before: the search has lost its
 * footing. */
static void stop_diverged(struct engine *engine)
{
	ending_diverged(engine);
	engine->stopped = true;
	engine->diverged = true;
}

/* Restores the deepest saved world at or before `depth`. */
static void restore(struct engine *engine, size_t depth)
{
	struct runtime *runtime = engine->runtime;

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
	runtime->entered = NULL;
	runtime->hang = false;
	engine->ended = false;
}

/*
 * On the way to `depth` the world is saved a little, a good deal and far before
 * it. A depth-first search comes back to nearly the same place again and
 * again, and less and less often to places further up; what it then has to
 * repeat stays short, for a handful of saved worlds.
 */
static void mark_on_the_way(struct engine *engine, size_t depth)
{
	size_t last = engine->mark_count > 0
			      ? engine->marks[engine->mark_count - 1].depth
			      : engine->base_depth;
	size_t left = depth - engine->depth;
	struct piece pieces[PIECES_MAX];
	struct mark *mark;
	size_t count;

	if (left < MARK_GAP || (left & (left - 1)) != 0 ||
	    engine->depth < last + left || engine->mark_count == MARKS_MAX ||
	    engine->no_marks)
		return;
	mark = &engine->marks[engine->mark_count++];
	mark->depth = engine->depth;
	count = list_pieces(engine, pieces);
	world_save(&engine->runtime->world, &mark->snapshot, pieces, count);
}

/* From a saved world: what was found on the way is known already. */
static void repeat_from_saved(struct engine *engine, size_t depth)
{
	restore(engine, depth);
	findings_rewind(&engine->findings, depth);
	while (engine->depth < depth && !engine->diverged) {
		mark_on_the_way(engine, depth);
		if (repeat(engine))
			while (runtime_settle_one(engine->runtime))
				;
		else
			stop_diverged(engine);
	}
	engine->shared->length = (uint32_t)engine->depth;
	arrive(engine);
}

/* From the origin, as if for the first time: a new base is found. */
static void repeat_from_origin(struct engine *engine, size_t depth)
{
	engine_begin(engine);
	while (engine->depth < depth && !engine->diverged) {
		struct thread *thread =
			thread_of(engine, engine->log[engine->depth].choice);

		if (repeat(engine)) {
			inspect(engine, thread);
			settle(engine);
		} else {
			stop_diverged(engine);
		}
		arrive(engine);
	}
}

void engine_rewind(struct engine *engine, size_t depth)
{
	assert(depth <= engine->depth);
	if (engine->has_base && depth >= engine->base_depth)
		repeat_from_saved(engine, depth);
	else
		repeat_from_origin(engine, depth);
}

static bool is_choice(const struct engine *engine, struct choice wanted)
{
	for (uint32_t i = 0; i < engine->choice_count; i++)
		if (engine->choices[i].thread == wanted.thread &&
		    engine->choices[i].alternative == wanted.alternative)
			return true;
	return false;
}

bool engine_follow(struct engine *engine, const struct choice *steps,
		   size_t count)
{
	engine_begin(engine);
	/* The schedule given may be the engine's own. */
	while (engine->depth < count) {
		struct choice next = steps[engine->depth];

		if (engine->ended || !is_choice(engine, next))
			return false;
		engine_step(engine, next);
	}
	return true;
}

uint64_t engine_run_thread(struct engine *engine, uint16_t thread,
			   uint64_t steps_max)
{
	struct choice choice = {thread, 0};
	uint64_t made = 0;

	while (made < steps_max && !engine->ended &&
	       is_choice(engine, choice)) {
		engine_step(engine, choice);
		made++;
	}
	return made;
}
