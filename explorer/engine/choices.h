/*
 * What is possible in a state, as a list that is kept from step to step.
 *
 * Most states are steady: every thread that has announced something has
 * announced an access to memory, which it can always make, with one result.
 * After a step of a thread that then announces another access the same is
 * possible as before, in another order.
 */
#ifndef EXPLORER_ENGINE_CHOICES_H
#define EXPLORER_ENGINE_CHOICES_H

#include "engine/engine.h"

/* Lists the choices; engine->steady says whether the state is. */
void choices_list(struct engine *engine);
/* The same where it is known which thread moved last (engine_last_moved()). */
void choices_list_after(struct engine *engine, const struct thread *last);

/* The other one in a steady state of two: its number, and itself. */
static inline uint32_t choices_other_number(const struct engine *engine,
					    const struct thread *thread)
{
	return (uint32_t)engine->choices[0].thread + engine->choices[1].thread -
	       thread->number;
}

static inline const struct thread *choices_other(const struct engine *engine,
						 const struct thread *thread)
{
	return &engine->runtime->state
			.threads[choices_other_number(engine, thread)];
}

/* The same after a steady state, where `thread` has made a step and announced
 * an access, and nothing else has happened. With two threads, the usual case,
 * no jump depends on which of them ran: a processor could not foresee it. */
static inline void choices_turn(struct engine *engine,
				const struct thread *thread)
{
	if (engine->choice_count == 2) {
		uint32_t other = choices_other_number(engine, thread);

		engine->choices[0] = choice_of(thread->number, 0);
		engine->choices[1] = choice_of(other, 0);
	} else if (engine->choice_count > 2) {
		choices_list(engine);
	}
}

/* Whether `wanted` is possible. */
bool choices_have(const struct engine *engine, struct choice wanted);

#endif
