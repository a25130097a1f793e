/*
 * Listing what is possible. See choices.h.
 */
#include "engine/choices.h"

#include <assert.h>

#include "engine/dependence.h"
#include "runtime/alternative.h"
#include "runtime/enabled.h"
#include "runtime/mutex_state.h"

static inline void add_choice(struct engine *engine,
			      const struct thread *thread, uint32_t alternative)
{
	if (engine->choice_count < CHOICES_MAX)
		engine->choices[engine->choice_count++] =
			choice_of(thread->number, alternative);
}

/* A thread with an operation that may have several results. */
static void add_results(struct engine *engine, const struct thread *thread)
{
	uint32_t results;

	if (alternative_is_withheld(thread))
		engine->incomplete_because |= REASON_TIMEOUTS;
	if (!runtime_is_enabled(thread))
		return;
	results = runtime_alternatives(thread);
	for (uint32_t i = 0; i < results; i++)
		if (runtime_may_have(thread, i))
			add_choice(engine, thread, i);
}

/* Whether whatever it has announced can have one result only. */
static inline bool has_one_result(const struct operation *operation)
{
	return !operation->alternatives && !op_varies(operation->op) &&
	       operation->op != OP_MUTEX_TRYLOCK;
}

/* As runtime_is_enabled(), of one that is pending. */
static inline bool is_enabled(const struct thread *thread)
{
	return thread->pending.op == OP_MUTEX_LOCK ? mutex_is_available(thread)
						   : runtime_is_enabled(thread);
}

/* Returns whether it chooses. */
static inline bool add(struct engine *engine, const struct thread *thread)
{
	if (thread->state != THREAD_PENDING)
		return false;
	if (operation_is_access(&thread->pending)) {
		add_choice(engine, thread, 0);
		return false;
	}
	engine->steady = false;
	if (!has_one_result(&thread->pending)) {
		add_results(engine, thread);
		return thread->pending.op == OP_CHOOSE;
	}
	if (is_enabled(thread))
		add_choice(engine, thread, 0);
	return false;
}

/* What a thread chooses nobody else can tell: it need not wait for anything to
 * be done before. */
static void prefer_choosing(struct engine *engine)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread;

	FOR_LIVE(thread, state)
	{
		if (thread->state != THREAD_PENDING ||
		    thread->pending.op != OP_CHOOSE)
			continue;
		engine->choice_count = 0;
		add_results(engine, thread);
		return;
	}
}

const struct thread *engine_last_moved(const struct engine *engine)
{
	size_t depth = engine->depth;

	while (depth > 0 && engine->log[depth - 1].operation.op == OP_CHOOSE)
		depth--;
	return depth > 0
		       ? &engine->runtime->state
				  .threads[engine->log[depth - 1].choice.thread]
		       : NULL;
}

static bool has_spun(const struct engine *engine)
{
	return engine->depth > 0 &&
	       engine->log[engine->depth - 1].operation.op == OP_SPIN;
}

/* Who has gone on for long without a step gives way: first those created after
 * it, then those before, and it last. Returns whether one of them chooses. */
static bool add_giving_way(struct engine *engine, const struct thread *last)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread;
	bool chooses = false;

	FOR_LIVE(thread, state)
	if (thread > last)
		chooses |= add(engine, thread);
	FOR_LIVE(thread, state)
	if (thread <= last)
		chooses |= add(engine, thread);
	return chooses;
}

void choices_list_after(struct engine *engine, const struct thread *last)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread;
	bool chooses;

	engine->choice_count = 0;
	engine->steady = true;
	if (__builtin_expect(has_spun(engine), false)) {
		chooses = add_giving_way(engine, last);
	} else {
		chooses = last < &state->threads[state->count] &&
			  add(engine, last);
		FOR_LIVE(thread, state)
		if (thread != last)
			chooses |= add(engine, thread);
	}
	if (chooses)
		prefer_choosing(engine);
}

void choices_list(struct engine *engine)
{
	const struct thread *moved = engine_last_moved(engine);

	assert(engine->runtime);
	choices_list_after(engine,
			   moved ? moved : &engine->runtime->state.threads[0]);
}

/* Choosing commutes with everything: a search may put it off. */
static bool may_choose(const struct engine *engine, struct choice wanted)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread = &state->threads[wanted.thread];

	return !engine->ended && wanted.thread < state->count &&
	       thread->state == THREAD_PENDING &&
	       thread->pending.op == OP_CHOOSE &&
	       wanted.alternative < runtime_alternatives(thread);
}

bool choices_have(const struct engine *engine, struct choice wanted)
{
	for (uint32_t i = 0; i < engine->choice_count; i++)
		if (engine->choices[i].thread == wanted.thread &&
		    engine->choices[i].alternative == wanted.alternative)
			return true;
	return may_choose(engine, wanted);
}

bool engine_is_preemption(const struct engine *engine, struct choice choice)
{
	const struct thread *last = engine_last_moved(engine);
	const struct thread *next =
		&engine->runtime->state.threads[choice.thread];

	return last && next != last && !last->yielded &&
	       runtime_is_enabled(last) && runtime_may_have(last, 0) &&
	       next->pending.op != OP_CHOOSE;
}
