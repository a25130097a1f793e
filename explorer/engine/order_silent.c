/*
 * Creates and joins in the order of an execution. See order_silent.h.
 */
#include "engine/order_silent.h"

#include <string.h>

#include "engine/order_entry.h"

/* A fence that a thread makes behind its last event takes effect in those that
 * it creates then, and in who joins it. */
static void apply_fence(const struct order *order, unsigned fences,
			uint32_t thread, uint32_t *synchronised)
{
	if (order->fenced && (fences & FENCE_ACQUIRE))
		order_join(order, synchronised,
			   order_known(order, thread, RELATION_ACQUIRABLE));
}

/* Who joins a thread learns all that it knew: in both relations, which lie side
 * by side. */
static void learn_from_join(struct order *order, const struct engine *engine,
			    uint32_t entry, uint32_t joined)
{
	const struct thread *thread = &engine->runtime->state.threads[joined];

	_Static_assert(RELATION_SYNCHRONISED == RELATION_BEFORE + 1,
		       "one after the other");
	clock_raise(order_clock_of(order, entry, RELATION_BEFORE),
		    order_known(order, joined, RELATION_BEFORE),
		    2 * order->stride);
	apply_fence(order, thread->fences, joined,
		    order_clock_of(order, entry, RELATION_SYNCHRONISED));
}

/* A thread has joined others since it was last asked what it knows. */
static __attribute__((noinline)) void
learn_anew(struct order *order, const struct engine *engine, uint32_t joiner)
{
	uint32_t learned = order->learned[joiner];
	uint32_t entry;

	order->learned[joiner] = order->silent_done;
	for (uint32_t i = order->joins[joiner]; i > learned;
	     i = order->silent[i - 1].previous)
		order_learn_from_joins(order, engine,
				       order->silent[i - 1].thread);
	entry = order_add_entry(order, joiner);
	order->entries[entry].learned = learned;
	for (enum relation i = RELATION_BEFORE;
	     i < (order->fenced ? RELATION_MADE : RELATION_RELEASED); i++)
		order_copy(order, order_clock_of(order, entry, i),
			   order_known(order, joiner, i));
	for (uint32_t i = order->joins[joiner]; i > learned;
	     i = order->silent[i - 1].previous)
		learn_from_join(order, engine, entry,
				order->silent[i - 1].thread);
	order->newest[joiner] = entry;
}

void order_learn_from_joins(struct order *order, const struct engine *engine,
			    uint32_t joiner)
{
	if (order->joins[joiner] > order->learned[joiner])
		learn_anew(order, engine, joiner);
}

/* A new thread knows what its creator knows. */
static void apply_create(struct order *order, const struct engine *engine,
			 const struct thread *thread)
{
	uint32_t *synchronised;
	uint32_t entry;

	order_learn_from_joins(order, engine, thread->creator);
	entry = order_add_entry(order, thread->number);
	synchronised = order_clock_of(order, entry, RELATION_SYNCHRONISED);
	if (order->fenced)
		memset(order_clock_of(order, entry, RELATION_RELEASED), 0,
		       (size_t)(RELATION_MADE - RELATION_RELEASED) *
			       order->stride * sizeof(*order->clocks));
	order_copy(order, order_clock_of(order, entry, RELATION_BEFORE),
		   order_known(order, thread->creator, RELATION_BEFORE));
	order_copy(order, synchronised,
		   order_known(order, thread->creator, RELATION_SYNCHRONISED));
	apply_fence(order, thread->creator_fences, thread->creator,
		    synchronised);
	order->newest[thread->number] = entry;
}

static void apply_silent(struct order *order, const struct engine *engine,
			 struct order_silent *silent)
{
	if (silent->joiner == NO_THREAD) {
		apply_create(order, engine,
			     &engine->runtime->state.threads[silent->thread]);
		order->silent_done++;
		return;
	}
	silent->previous = order->joins[silent->joiner];
	order->joins[silent->joiner] = ++order->silent_done;
}

void order_silent_until(struct order *order, const struct engine *engine,
			size_t event)
{
	while (order->silent_done < order->silent_count &&
	       order->silent[order->silent_done].at <= event)
		apply_silent(order, engine, &order->silent[order->silent_done]);
}

void order_silent_list(struct order *order, const struct engine *engine)
{
	const struct runtime_state *state = &engine->runtime->state;

	order->silent_count = state->creates_and_joins;
	memory_reserve((void **)&order->silent, &order->silent_capacity,
		       order->silent_count, sizeof(*order->silent));
	for (uint32_t i = 0; i < state->count; i++) {
		const struct thread *thread = &state->threads[i];

		/* Nobody creates main, but main may be joined. */
		if (i > 0 && thread->created_nth >= order->silent_done)
			order->silent[thread->created_nth] =
				(struct order_silent){i, thread->created_at,
						      NO_THREAD, 0};
		if (thread->joined && thread->joined_nth >= order->silent_done)
			order->silent[thread->joined_nth] =
				(struct order_silent){i, thread->joined_at,
						      thread->joined_by, 0};
	}
}

void order_silent_forget(struct order *order)
{
	const struct order_silent *silent =
		&order->silent[--order->silent_done];

	if (silent->joiner != NO_THREAD)
		order->joins[silent->joiner] = silent->previous;
}
