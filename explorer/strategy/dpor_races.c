/*
 * Reduction's second half: which steps of an execution race. How to come to
 * where they are made in the other order, dpor_reverse.h says; dpor.c has the
 * idea and the paper.
 */
#include "base/memory.h"
#include "engine/dependence.h"
#include "engine/ending.h"
#include "engine/race.h"
#include "engine/spin.h"
#include "runtime/alternative.h"
#include "runtime/barrier.h"
#include "runtime/enabled.h"
#include "strategy/dpor_reverse.h"

/* The event itself, in whose place `later` is to be, may commute with the first
 * event of a race that `later` is in: it is to come no sooner. */
static void postpone_replaced(const struct order *order,
			      const struct engine *engine,
			      const struct candidate *later,
			      struct postponed *postponed)
{
	if (later->replaces &&
	    !available_is_postponed(postponed, order, engine, later->before))
		postponed->at[postponed->count++] = later->before;
}

/*
 * Finds the races in which `later` comes second, and notes how to reverse each.
 * dpor->clock is the clock of what comes before `later` in any case; what comes
 * before an accepted event is none of its races either, so that goes into the
 * same clock.
 */
static void find_races(struct dpor *dpor, const struct engine *engine,
		       const struct candidate *later)
{
	const struct order *order = &dpor->order;
	struct order_walk walk;

	order_walk(&walk, order, later->before, dpor->clock);
	while (order_step_back(&walk)) {
		size_t i = walk.event;
		struct postponed postponed = {dpor->postponed, 1};
		struct candidate reversed;
		bool possible;

		if (!operations_conflict(&engine->log[i].operation,
					 &later->wake.operation))
			continue;
		postponed.at[0] = i;
		possible = possible_before(order, engine, &postponed, later);
		if (!possible && op_may_block(later->wake.operation.op))
			continue;
		if (later->wake.operation.op == OP_AWAIT &&
		    !spin_is_woken_without(engine, order, later->wake.slot,
					   later->before, i,
					   &later->wake.operation))
			continue;
		postpone_replaced(order, engine, later, &postponed);
		order_join(order, dpor->clock,
			   order_clock(order, i, RELATION_BEFORE));
		order_walk(&walk, order, i, dpor->clock);
		reversed = *later;
		reversed.wake = dpor_elsewhere(engine, &later->wake,
					       later->asks, possible);
		if (reversed.wake.operation.op == OP_BARRIER_ARRIVE &&
		    engine->runtime->refined)
			dpor_arrive_without(dpor, engine, &postponed,
					    &later->wake, later->before,
					    &reversed.wake);
		dpor_reverse_each(dpor, engine, &postponed, &reversed);
	}
}

/* The results that a wait did not have: each of them could have come about
 * elsewhere. What signalled it does not come before those. */
static void find_races_of_others(struct dpor *dpor, const struct engine *engine,
				 const struct candidate *had, enum op announced,
				 const uint32_t *clock)
{
	struct candidate other = *had;
	uint32_t results = alternative_results(announced, &had->wake.operation);

	other.replaces = had->before < engine->depth;
	for (uint32_t i = 0; i < ALTERNATIVES_OF_WAITS; i++) {
		if (i == had->wake.alternative || !(results >> i & 1))
			continue;
		other.wake.alternative = i;
		other.wake.operation.detail = COMMUTES_NOT;
		alternative_take(engine->runtime, announced, i,
				 &other.wake.operation);
		order_copy(&dpor->order, dpor->clock, clock);
		find_races(dpor, engine, &other);
	}
}

/* The other results that an event could have had: of those, too, one execution
 * each goes on from there. */
static void find_alternatives(struct dpor *dpor, const struct engine *engine,
			      size_t event)
{
	const struct performed *performed = &engine->log[event];
	struct wake wake = dpor_performed(engine, event);
	uint32_t results = possible_alternatives(performed);
	const struct postponed postponed = {.at = &event, .count = 1};

	for (uint32_t i = 0; i < results; i++) {
		if (i == performed->choice.alternative ||
		    !possible_instead(engine, event, i))
			continue;
		wake.alternative = i;
		alternative_take(engine->runtime, (enum op)performed->announced,
				 i, &wake.operation);
		dpor_reverse(dpor, engine, &postponed, &wake);
	}
}

/* Of an access, which is possible everywhere: it races with the nearest of what
 * it depends on. */
static void find_races_of_access(struct dpor *dpor, const struct engine *engine,
				 size_t event)
{
	const struct wake later = dpor_performed(engine, event);
	uint32_t count;
	const uint32_t *nearest = order_nearest(&dpor->order, event, &count);

	for (uint32_t i = 0; i < count; i++) {
		size_t first = nearest[i];
		const struct postponed postponed = {.at = &first, .count = 1};

		dpor_reverse(dpor, engine, &postponed, &later);
	}
}

/* `again`: only the results that it did not have. */
static void find_races_of_event(struct dpor *dpor, const struct engine *engine,
				size_t event, bool again)
{
	const struct performed *performed = &engine->log[event];
	const uint32_t *clock =
		order_clock(&dpor->order, event, RELATION_CAUSED);
	struct candidate later = {
		.wake = dpor_performed(engine, event),
		.before = event,
		.caused = clock,
		.signalled = performed->cause,
	};
	const enum op op = (enum op)performed->operation.op;
	bool available =
		performed->available & runtime_needs(&performed->operation);
	/* Who could lock what was not available had it already. */
	bool waited = op_may_block(op) &&
		      (available || performed->choice.alternative > 0);

	later.asks =
		waited || (op_is_try(op) && (available || performed->failed));
	order_copy(&dpor->order, dpor->clock, clock);
	order_join_cause(&dpor->order, engine, event, dpor->clock);
	if (!again)
		find_races(dpor, engine, &later);
	if (waited)
		find_races_of_others(dpor, engine, &later,
				     (enum op)performed->announced, clock);
}

static uint32_t static_results(const struct thread *thread)
{
	return op_varies(thread->pending.op) ? 1 : thread->pending.alternatives;
}

/* Without a signal nobody has the mutex back; nor does one leave a barrier that
 * others have still to come to. */
static bool needs_release(enum op announced)
{
	return alternative_is_queued(announced) ||
	       announced == OP_BARRIER_LEAVE;
}

/* Of a pending wait: the step that ended it, counted from 1; 0: none did. */
static uint32_t released_at(const struct thread *thread)
{
	const enum op announced = (enum op)thread->pending.op;

	if (announced == OP_BARRIER_LEAVE)
		return (uint32_t)thread->pending.source;
	return alternative_is_queued(announced) ? thread->signalled : 0;
}

/* What a thread would do next takes part in races as well. */
static void find_races_of_pending(struct dpor *dpor,
				  const struct engine *engine,
				  const struct thread *thread)
{
	const uint32_t *clock = order_next(&dpor->order, thread);
	const enum op announced = (enum op)thread->pending.op;
	struct candidate later = {
		.wake = {.operation = alternative_operation(thread, 0),
			 .slot = thread->slot},
		.before = engine->depth,
		.caused = clock,
		.signalled = thread->signalled,
	};
	struct wake *wake = &later.wake;
	uint32_t released = released_at(thread);
	bool available = runtime_availability(&wake->operation) &
			 runtime_needs(&wake->operation);
	bool waits = op_may_block(announced) &&
		     (available || !runtime_is_enabled(thread) ||
		      !runtime_may_have(thread, 0));

	later.asks = waits || (op_is_try(announced) &&
			       (available || !runtime_has(thread)));
	if (op_is_try(announced))
		*wake = dpor_elsewhere(engine, wake, later.asks, available);
	if (announced == OP_BARRIER_ARRIVE)
		wake->operation.detail = barrier_commuting_now(
			engine->runtime, &wake->operation);
	if (!needs_release(announced) || released > 0)
		do {
			order_copy(&dpor->order, dpor->clock, clock);
			if (released > 0)
				order_join(&dpor->order, dpor->clock,
					   order_clock(&dpor->order,
						       released - 1,
						       RELATION_BEFORE));
			find_races(dpor, engine, &later);
		} while (++wake->alternative < static_results(thread));
	wake->alternative = 0;
	if (waits)
		find_races_of_others(dpor, engine, &later, announced, clock);
}

/* Lists the events from varying_end on whose results vary, those from `known`
 * on anew. */
static void list_varying(struct dpor *dpor, const struct engine *engine,
			 size_t known)
{
	if (dpor->varying_end > known)
		dpor->varying_end = known;
	while (dpor->varying_count > 0 &&
	       dpor->varying[dpor->varying_count - 1] >= dpor->varying_end)
		dpor->varying_count--;
	for (size_t i = dpor->varying_end; i < engine->depth; i++) {
		if (!op_varies((enum op)engine->log[i].announced))
			continue;
		memory_reserve((void **)&dpor->varying, &dpor->varying_capacity,
			       dpor->varying_count + 1, sizeof(*dpor->varying));
		dpor->varying[dpor->varying_count++] = i;
	}
	dpor->varying_end = engine->depth;
}

/*
 * What an old event might have been otherwise, once more. A result that it did
 * not have may depend on what the one that it had does not: to wait in vain
 * depends on who reads the clock. What of that now comes without the event
 * before it may have come behind it when the event was new, and nobody else
 * would note that it can come first: to the event that was, asleep by then, it
 * is all one.
 *
 *     T1: wait, T1: write x, T2: read x, T2: read the clock     noted: time-out
 *     T1: wait, T2: read x, T2: read the clock, T1: write x     noted: read x,
 *                                                  read the clock, time-out
 */
static void find_results_again(struct dpor *dpor, const struct engine *engine,
			       size_t known)
{
	for (size_t i = 0; i < dpor->varying_count && dpor->varying[i] < known;
	     i++) {
		find_races_of_event(dpor, engine, dpor->varying[i], true);
		find_alternatives(dpor, engine, dpor->varying[i]);
	}
}

/* See ending_mark_death(). */
static void mark_death(struct dpor *dpor, struct engine *engine)
{
	ending_mark_death(engine);
	if (engine->ended && engine->depth > 0)
		dpor->nodes[engine->depth - 1].step.operation.op =
			engine->log[engine->depth - 1].operation.op;
}

void dpor_learn_of_step(struct dpor *dpor, const struct engine *engine)
{
	if (engine->depth > 0 && engine->depth == dpor->depth)
		dpor->nodes[dpor->depth - 1].step.operation.detail =
			engine->log[engine->depth - 1].operation.detail;
}

void dpor_find_races(struct dpor *dpor, struct engine *engine)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread;
	size_t known;

	dpor_learn_of_step(dpor, engine);
	mark_death(dpor, engine);
	order_rewind(&dpor->order, dpor->branched_at);
	/* Less than branched_at after an execution that was cut short. */
	known = dpor->order.count;
	order_extend(&dpor->order, engine);
	memory_reserve((void **)&dpor->clock, &dpor->clock_capacity,
		       dpor->order.stride, sizeof(*dpor->clock));
	memory_reserve((void **)&dpor->postponed, &dpor->postponed_capacity,
		       dpor->order.stride, sizeof(*dpor->postponed));
	dpor->beside_of = 0;
	list_varying(dpor, engine, known);
	find_results_again(dpor, engine, known);
	for (size_t i = known; i < engine->depth; i++) {
		race_check_event(engine, &dpor->order, i);
		if (operation_is_access(&engine->log[i].operation)) {
			find_races_of_access(dpor, engine, i);
			continue;
		}
		find_races_of_event(dpor, engine, i, false);
		find_alternatives(dpor, engine, i);
	}
	FOR_LIVE(thread, state)
	if (thread->state == THREAD_PENDING &&
	    (!engine->ended || thread->number != engine->ending.thread))
		find_races_of_pending(dpor, engine, thread);
}
