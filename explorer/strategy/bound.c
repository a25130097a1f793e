/*
 * What bounds count. See bound.h.
 */
#include "strategy/bound.h"

#include "runtime/enabled.h"

bool bound_is_free(const struct engine *engine)
{
	const struct thread *last = engine_last_moved(engine);

	return !last || last->yielded || !runtime_is_enabled(last) ||
	       !runtime_may_have(last, 0);
}

/* A thread's place in the order of turns: 0 for the one whose turn it is.
 * Slots are the same in equivalent executions, numbers are not. */
static uint32_t turn_of(const struct thread *last, const struct thread *thread)
{
	uint32_t next = last ? last->slot + last->yielded : 0;

	return (thread->slot - next + LAYOUT_SLOTS) % LAYOUT_SLOTS;
}

static uint32_t delays_to(const struct engine *engine, uint16_t number)
{
	const struct thread *threads = engine->runtime->state.threads;
	const struct thread *last = engine_last_moved(engine);
	uint32_t turn = turn_of(last, &threads[number]);
	uint32_t delays = 0;

	/* The alternatives of a thread follow each other. */
	for (uint32_t i = 0; i < engine->choice_count; i++)
		delays += (i == 0 || engine->choices[i].thread !=
					     engine->choices[i - 1].thread) &&
			  turn_of(last, &threads[engine->choices[i].thread]) <
				  turn;
	return delays;
}

uint32_t bound_cost(const struct bound *bound, const struct engine *engine,
		    struct choice choice)
{
	switch (bound->kind) {
	case BOUND_NONE:
		return 0;
	case BOUND_PREEMPTIONS:
		return engine_is_preemption(engine, choice);
	case BOUND_DELAYS:
		return delays_to(engine, choice.thread);
	}
	return 0;
}
