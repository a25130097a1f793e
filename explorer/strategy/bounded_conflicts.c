/*
 * Bounded reduction's second half: which steps of an execution are in conflict,
 * and what is to be tried because of that. bounded_dpor.c has the idea and the
 * papers.
 */
#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "engine/dependence.h"
#include "engine/ending.h"
#include "engine/race.h"
#include "runtime/alternative.h"
#include "strategy/bounded_path.h"

static void plan(struct bounded *bounded, struct engine *engine,
		 struct node *node, struct branch *branch)
{
	if (branch->plan != PLAN_NOT)
		return;
	node->left--;
	if (bound_allows(&bounded->bound, branch->cost)) {
		branch->plan = PLAN_TO_DO;
	} else {
		branch->plan = PLAN_BEYOND;
		engine->incomplete_because |= REASON_BOUND;
	}
}

static void plan_all(struct bounded *bounded, struct engine *engine,
		     struct node *node)
{
	for (uint32_t i = 0; i < node->count; i++)
		plan(bounded, engine, node, bounded_branch(bounded, node, i));
}

bool bounded_plan_thread(struct bounded *bounded, struct engine *engine,
			 struct node *node, uint32_t slot)
{
	bool found = false;

	for (uint32_t i = 0; i < node->count; i++) {
		struct branch *branch = bounded_branch(bounded, node, i);

		if (branch->slot != slot)
			continue;
		plan(bounded, engine, node, branch);
		found = true;
	}
	return found;
}

static bool is_planned(const struct bounded *bounded, const struct node *node,
		       uint32_t slot)
{
	for (uint32_t i = 0; i < node->count; i++)
		if (bounded_branch(bounded, node, i)->slot == slot &&
		    bounded_branch(bounded, node, i)->plan != PLAN_NOT)
			return true;
	return false;
}

/* --- Conflicts */

/* A step that comes second in a conflict: performed or pending. */
struct later {
	struct operation operation;
	uint32_t thread;
	uint32_t slot;
	size_t before; /* how many steps come before it */
	/* What its thread knew after its step before; and what happens before
	 * this one whatever it depends on. */
	const uint32_t *own;
	const uint32_t *caused;
	uint32_t cause; /* see struct performed */
};

static uint32_t thread_at(const struct engine *engine, size_t event)
{
	return engine->log[event].choice.thread;
}

static uint32_t slot_at(const struct bounded *bounded, size_t event)
{
	const struct node *node = &bounded->nodes[event];

	return bounded_branch(bounded, node, node->taken)->slot;
}

/* Whether `later` depends on that step, or comes after it by a cause. */
static bool depends(const struct bounded *bounded, const struct engine *engine,
		    const struct later *later, size_t event)
{
	return event + 1 == later->cause ||
	       operations_conflict(&engine->log[event].operation,
				   &later->operation) ||
	       order_covers(&bounded->order, engine, later->caused, event);
}

static uint32_t *scratch(const struct bounded *bounded, unsigned number,
			 const uint32_t *start)
{
	uint32_t *clock = bounded->clocks + number * bounded->order.stride;

	assert(start);
	memcpy(clock, start, bounded->order.stride * sizeof(*clock));
	return clock;
}

/* The clock of what leads to `later` without the step `at`, which it then must
 * not know of. */
static uint32_t *way_to(const struct bounded *bounded,
			const struct engine *engine, const struct later *later,
			size_t at)
{
	const struct order *order = &bounded->order;
	uint32_t *clock = scratch(bounded, 1, later->own);

	for (size_t i = later->before; i-- > at + 1;)
		if (!order_covers(order, engine, clock, i) &&
		    !order_before(order, engine, at, i) &&
		    depends(bounded, engine, later, i))
			order_join(order, clock,
				   order_clock(order, i, RELATION_BEFORE));
	return clock;
}

/* Whether one of the steps on the way (the clock) from `at` to `event` happens
 * before that one. */
static bool has_predecessor(const struct bounded *bounded,
			    const struct engine *engine, const uint32_t *way,
			    size_t at, size_t event)
{
	for (size_t i = at + 1; i < event; i++)
		if (order_covers(&bounded->order, engine, way, i) &&
		    order_before(&bounded->order, engine, i, event))
			return true;
	return false;
}

/* In the state before the step `at`, `later` or something that leads to it is
 * to be tried as well. */
static void widen(struct bounded *bounded, struct engine *engine, size_t at,
		  const struct later *later)
{
	struct node *node = &bounded->nodes[at];
	uint32_t slot = later->slot;
	bool leads = false;
	uint32_t *way;

	if (node->left == 0)
		return;
	if (bounded->bound.kind == BOUND_DELAYS) {
		plan_all(bounded, engine, node);
		return;
	}
	way = way_to(bounded, engine, later, at);
	if (order_covers(&bounded->order, engine, way, at))
		return;
	for (size_t i = at + 1; i < later->before; i++) {
		if (!order_covers(&bounded->order, engine, way, i) ||
		    has_predecessor(bounded, engine, way, at, i))
			continue;
		if (is_planned(bounded, node, slot_at(bounded, i)))
			return;
		if (!leads)
			slot = slot_at(bounded, i);
		leads = true;
	}
	/* Where it cannot move and nothing leads to it, it does not come first;
	 * but what leads to it could have moved. */
	if (!bounded_plan_thread(bounded, engine, node, slot) && leads)
		plan_all(bounded, engine, node);
}

static bool begins_block(const struct bounded *bounded,
			 const struct engine *engine, size_t at)
{
	return at == 0 || bounded->nodes[at].is_free ||
	       thread_at(engine, at - 1) != thread_at(engine, at);
}

/* `first` is in conflict with `later`: this may have to come before that, or
 * before any part of a block that goes on to `first` if it is let. */
static void widen_block(struct bounded *bounded, struct engine *engine,
			size_t first, const struct later *later)
{
	size_t at = first;

	widen(bounded, engine, at, later);
	for (;;) {
		size_t end;

		while (!begins_block(bounded, engine, at))
			at--;
		if (at != first)
			widen(bounded, engine, at, later);
		/* The piece before, unless the thread was at rest behind it, or
		 * others had to move. */
		for (end = at; end > 0; end--) {
			if (thread_at(engine, end - 1) ==
			    thread_at(engine, first))
				break;
			if (order_before(&bounded->order, engine, end - 1,
					 first))
				return;
		}
		if (end == 0 || bounded->nodes[end].is_free)
			return;
		at = end - 1;
	}
}

/* Goes through what `later` conflicts with: directly, that is, not by way of
 * another step that it conflicts with. But if it may have to wait, what it
 * waits for may stand between it and what it could have come before. */
static void find_conflicts(struct bounded *bounded, struct engine *engine,
			   const struct later *later)
{
	const struct order *order = &bounded->order;
	uint32_t *clock = scratch(bounded, 0, later->own);
	bool waits = op_may_block(later->operation.op);

	for (size_t i = later->before; i-- > 0;) {
		if (order_covers(order, engine, clock, i) ||
		    !depends(bounded, engine, later, i))
			continue;
		if (!waits)
			order_join(order, clock,
				   order_clock(order, i, RELATION_BEFORE));
		widen_block(bounded, engine, i, later);
	}
}

/* The clock of the thread's last step before `event`; NULL if there is none. */
static const uint32_t *known_before(const struct bounded *bounded,
				    const struct engine *engine,
				    uint32_t thread, size_t event)
{
	while (event-- > 0)
		if (thread_at(engine, event) == thread)
			return order_clock(&bounded->order, event,
					   RELATION_BEFORE);
	return NULL;
}

static void find_conflicts_of_event(struct bounded *bounded,
				    struct engine *engine, size_t event)
{
	struct later later = {
		.operation = engine->log[event].operation,
		.thread = thread_at(engine, event),
		.slot = slot_at(bounded, event),
		.before = event,
		.caused = order_clock(&bounded->order, event, RELATION_CAUSED),
		.cause = engine->log[event].cause,
	};

	later.own = known_before(bounded, engine, later.thread, event);
	if (!later.own)
		later.own = later.caused;
	find_conflicts(bounded, engine, &later);
}

static void find_conflicts_of_pending(struct bounded *bounded,
				      struct engine *engine,
				      const struct thread *thread)
{
	struct later later = {
		.operation = thread->pending,
		.thread = thread->number,
		.slot = thread->slot,
		.before = engine->depth,
		.caused = order_next(&bounded->order, thread),
	};

	if (alternative_is_queued((enum op)later.operation.op))
		later.cause = thread->signalled;
	else if (later.operation.op == OP_BARRIER_LEAVE)
		later.cause = (uint32_t)later.operation.source;
	later.own = known_before(bounded, engine, later.thread, engine->depth);
	if (!later.own)
		later.own = later.caused;
	find_conflicts(bounded, engine, &later);
}

/* --- Steps that enable others */

static bool can_move(const struct bounded *bounded, const struct node *node,
		     uint32_t slot)
{
	for (uint32_t i = 0; i < node->count; i++)
		if (bounded_branch(bounded, node, i)->slot == slot)
			return true;
	return false;
}

/* Whether the step taken at a node has enabled another thread. */
static bool enables(const struct bounded *bounded, size_t at)
{
	const struct node *node = &bounded->nodes[at];

	for (uint32_t i = 0; i < node[1].count; i++) {
		uint32_t slot = bounded_branch(bounded, &node[1], i)->slot;

		if (slot != slot_at(bounded, at) &&
		    !can_move(bounded, node, slot))
			return true;
	}
	return false;
}

/* Who is enabled has to be passed over from then on. */
static void find_enabling(struct bounded *bounded, struct engine *engine,
			  size_t from)
{
	const struct later anybody = {.before = 0};

	if (bounded->bound.kind != BOUND_DELAYS)
		return;
	for (size_t i = from; i + 1 < bounded->depth; i++)
		if (enables(bounded, i))
			widen_block(bounded, engine, i, &anybody);
}

void bounded_find_conflicts(struct bounded *bounded, struct engine *engine)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread;

	ending_mark_death(engine);
	order_rewind(&bounded->order, bounded->branched_at);
	order_extend(&bounded->order, engine);
	memory_reserve((void **)&bounded->clocks, &bounded->clocks_capacity,
		       (size_t)2 * bounded->order.stride,
		       sizeof(*bounded->clocks));
	for (size_t i = bounded->branched_at; i < engine->depth; i++) {
		race_check_event(engine, &bounded->order, i);
		find_conflicts_of_event(bounded, engine, i);
	}
	FOR_LIVE(thread, state)
	if (thread->state == THREAD_PENDING &&
	    thread->number != engine->ending.thread)
		find_conflicts_of_pending(bounded, engine, thread);
	find_enabling(bounded, engine, bounded->branched_at);
}
