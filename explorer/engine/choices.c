/*
 * Listing what is possible. See choices.h.
 */
#include "engine/choices.h"

#include "engine/dependence.h"
#include "runtime/alternative.h"

/* A thread with an operation that may have to wait, or may have several
 * results. */
static void add_results(struct engine *engine, const struct thread *thread)
{
	uint32_t results;

	engine->steady = false;
	if (alternative_is_withheld(thread))
		engine->incomplete_because |= REASON_TIMEOUTS;
	if (!runtime_is_enabled(thread))
		return;
	results = runtime_alternatives(thread);
	for (uint32_t i = 0; i < results; i++) {
		if (engine->choice_count == CHOICES_MAX)
			return;
		if (!runtime_may_have(thread, i))
			continue;
		engine->choices[engine->choice_count++] =
			choice_of(thread->number, i);
	}
}

static inline void add(struct engine *engine, const struct thread *thread,
		       bool wanted)
{
	if (thread->state != THREAD_PENDING)
		return;
	if (operation_is_access(&thread->pending) &&
	    engine->choice_count < CHOICES_MAX) {
		engine->choices[engine->choice_count] =
			choice_of(thread->number, 0);
		engine->choice_count += wanted;
	} else if (wanted) {
		add_results(engine, thread);
	}
}

void choices_list(struct engine *engine)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread;
	uint32_t last = engine->depth > 0
				? engine->log[engine->depth - 1].choice.thread
				: 0;

	engine->choice_count = 0;
	engine->steady = true;
	if (last < state->count)
		add(engine, &state->threads[last], true);
	FOR_LIVE(thread, state)
	add(engine, thread, thread->number != last);
}

bool choices_have(const struct engine *engine, struct choice wanted)
{
	for (uint32_t i = 0; i < engine->choice_count; i++)
		if (engine->choices[i].thread == wanted.thread &&
		    engine->choices[i].alternative == wanted.alternative)
			return true;
	return false;
}
