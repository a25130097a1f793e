/*
 * Partial-order reduction within a bound: for each Mazurkiewicz trace that has
 * a linearisation within the bound, at least one such linearisation is run, and
 * nothing else is.
 *
 * Problem. A bounded search that also reduces loses traces. Reduction says:
 * this order needs no run, as an equivalent one was run; but that one may have
 * cost more than the bound, and then it was not.
 *
 * Idea. Leave an order out only if the equivalent one costs no more. Of two
 * kinds of move this is known. Let a block be what a thread does from where it
 * was switched to until it is left.
 *
 *  - To leave a thread one step later, past a step `a` that nothing in between
 *    depends on, costs the same: the thread is left once, before or after `a`.
 *
 *        t | u | t:a z    ->    t:a | u | z
 *
 *  - To move a whole block to a place where somebody has to be chosen anyway
 *    costs the same, if nothing in between depends on any of it. To move a part
 *    of it would leave its thread once more.
 *
 *        | u | p:X | z    ->    | p:X | u | z
 *
 * So at a state where the thread that moved last can go on, only that one is
 * tried, until some run shows a conflict of its next step; at a state where a
 * block begins, only one thread, until some run shows a conflict of any step
 * that the thread does from there if it is let go on. Then the conflict is
 * turned round there: of the steps that lead to its second step without the
 * block, the first is to be tried, too (a persistent set, found dynamically).
 *
 * A conflict that a left out order has with a block is seen in some run: let p
 * do from the state all it can (leaving it then is free), then the left out
 * order up to the conflict. That costs no more than the left out order does, so
 * an equivalent run has been made. There the block may be cut in pieces: hence
 * a conflict is noted at the beginning of each piece that could have gone on to
 * the step in question (widen_block). Where a step enables another thread, that
 * one's next step counts as in conflict: a thread that is left because it waits
 * costs nothing, and it would wait no more.
 *
 * Delays. A step's cost depends on who is passed over, and moving a block is
 * known to cost no more only if its thread is the one whose turn it is. So a
 * conflict has all threads tried there; and so has a step that enables anybody,
 * who has then to be passed over.
 *
 * Sleep sets are not used: what sleeps was explored with another cost. So some
 * traces are run more than once, and `executions` counts runs.
 *
 * Papers. Coons, Musuvathi, McKinley: "Bounded Partial-Order Reduction", OOPSLA
 * 2013, which turns conflicts round at the beginning of the block as well
 * ("conservative" backtracking points); Flanagan, Godefroid: "Dynamic
 * Partial-Order Reduction for Model Checking Software", POPL 2005. Differs from
 * the first: whole traces are kept, not reachable local states; all pieces of
 * a block count, and conflicts with steps that are still pending.
 */
#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "engine/dependence.h"
#include "engine/ending.h"
#include "engine/order.h"
#include "engine/race.h"
#include "runtime/alternative.h"
#include "strategy/bound.h"

enum plan {
	PLAN_NOT, /* nothing says that it must be tried */
	PLAN_TO_DO,
	PLAN_DONE,   /* or under way */
	PLAN_BEYOND, /* it ought to be tried, but costs too much */
};

/* What is possible in a state. */
struct branch {
	struct choice choice;
	uint32_t slot;
	uint32_t cost; /* of the path up to here, and with this */
	uint32_t plan; /* enum plan */
};

/* A state on the path. */
struct node {
	size_t first; /* its branches */
	uint32_t count;
	uint32_t taken; /* the branch under way */
	uint32_t left;	/* branches that are PLAN_NOT */
	bool is_free;	/* see bound.h */
};

/*
 * Invariants:
 * 1. nodes[0..depth) is the path; between two runs that of the execution that
 *    was finished last.
 * 2. The nodes' branches follow each other without a gap.
 */
struct bounded {
	struct bound bound;
	bool begun;
	bool resumed; /* the engine does not know the path */
	struct node *nodes;
	size_t depth;
	size_t capacity;
	struct branch *branches;
	size_t branch_count;
	size_t branch_capacity;
	struct order order;
	size_t branched_at; /* the first step that is new in this execution */
	uint32_t *clocks;   /* scratch: two */
	size_t clocks_capacity;
};

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

static void *bounded_new(const struct strategy_options *options)
{
	struct bounded *bounded = memory_new(sizeof(*bounded));

	bounded->bound = options->bound;
	return bounded;
}

static void bounded_delete(void *self)
{
	struct bounded *bounded = self;

	memory_free(bounded->nodes,
		    bounded->capacity * sizeof(*bounded->nodes));
	memory_free(bounded->branches,
		    bounded->branch_capacity * sizeof(*bounded->branches));
	memory_free(bounded->clocks,
		    bounded->clocks_capacity * sizeof(*bounded->clocks));
	order_fini(&bounded->order);
	memory_free(bounded, sizeof(*bounded));
}

static void bounded_restart(void *self)
{
	struct bounded *bounded = self;

	bounded->depth = 0;
	bounded->branch_count = 0;
	bounded->begun = false;
	bounded->resumed = false;
	order_rewind(&bounded->order, 0);
}

/* --- What is to be tried */

static struct branch *branch_of(const struct bounded *bounded,
				const struct node *node, uint32_t index)
{
	return &bounded->branches[node->first + index];
}

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
		plan(bounded, engine, node, branch_of(bounded, node, i));
}

/* Every result of the thread's operation. Returns false if it cannot move
 * there. */
static bool plan_thread(struct bounded *bounded, struct engine *engine,
			struct node *node, uint32_t slot)
{
	bool found = false;

	for (uint32_t i = 0; i < node->count; i++) {
		struct branch *branch = branch_of(bounded, node, i);

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
		if (branch_of(bounded, node, i)->slot == slot &&
		    branch_of(bounded, node, i)->plan != PLAN_NOT)
			return true;
	return false;
}

/* --- Conflicts */

static uint32_t thread_at(const struct engine *engine, size_t event)
{
	return engine->log[event].choice.thread;
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

static uint32_t slot_at(const struct bounded *bounded, size_t event)
{
	const struct node *node = &bounded->nodes[event];

	return branch_of(bounded, node, node->taken)->slot;
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
	if (!plan_thread(bounded, engine, node, slot) && leads)
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
		if (branch_of(bounded, node, i)->slot == slot)
			return true;
	return false;
}

/* Whether the step taken at a node has enabled another thread. */
static bool enables(const struct bounded *bounded, size_t at)
{
	const struct node *node = &bounded->nodes[at];

	for (uint32_t i = 0; i < node[1].count; i++) {
		uint32_t slot = branch_of(bounded, &node[1], i)->slot;

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

static void find_all_conflicts(struct bounded *bounded, struct engine *engine)
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

/* --- Going on */

/* Puts the state that the engine is in onto the path. */
static struct node *push(struct bounded *bounded, const struct engine *engine)
{
	const struct node *above =
		bounded->depth > 0 ? &bounded->nodes[bounded->depth - 1] : NULL;
	uint32_t cost =
		above ? branch_of(bounded, above, above->taken)->cost : 0;
	struct node node = {.first = bounded->branch_count,
			    .count = engine->choice_count,
			    .left = engine->choice_count,
			    .is_free = bound_is_free(engine)};

	memory_reserve((void **)&bounded->branches, &bounded->branch_capacity,
		       node.first + node.count, sizeof(*bounded->branches));
	for (uint32_t i = 0; i < node.count; i++) {
		struct choice choice = engine->choices[i];

		bounded->branches[bounded->branch_count++] = (struct branch){
			.choice = choice,
			.slot = engine->runtime->state.threads[choice.thread]
					.slot,
			.cost = cost +
				bound_cost(&bounded->bound, engine, choice),
		};
	}
	memory_reserve((void **)&bounded->nodes, &bounded->capacity,
		       bounded->depth + 1, sizeof(*bounded->nodes));
	assert(bounded->nodes);
	bounded->nodes[bounded->depth++] = node;
	return &bounded->nodes[bounded->depth - 1];
}

/* The first of those that cost least: that is nothing. */
static uint32_t cheapest(const struct bounded *bounded, const struct node *node)
{
	uint32_t best = 0;

	for (uint32_t i = 1; i < node->count; i++)
		if (branch_of(bounded, node, i)->cost <
		    branch_of(bounded, node, best)->cost)
			best = i;
	return best;
}

static bool pick_cheapest(void *context, struct engine *engine,
			  struct choice *ret_choice)
{
	struct bounded *bounded = context;
	struct node *node = push(bounded, engine);
	const struct branch *taken;

	node->taken = cheapest(bounded, node);
	taken = branch_of(bounded, node, node->taken);
	/* The other results of the same operation, too. */
	plan_thread(bounded, engine, node, taken->slot);
	branch_of(bounded, node, node->taken)->plan = PLAN_DONE;
	*ret_choice = taken->choice;
	return true;
}

/* Has the engine go to the state of the topmost node. */
static void go_back(struct bounded *bounded, struct engine *engine)
{
	size_t depth = bounded->depth - 1;

	if (!bounded->resumed) {
		engine_rewind(engine, depth);
		return;
	}
	bounded->resumed = false;
	engine_begin(engine);
	while (engine->depth < depth) {
		const struct node *node = &bounded->nodes[engine->depth];

		if (!engine_step_again(
			    engine,
			    branch_of(bounded, node, node->taken)->choice))
			return;
	}
	/* Races of the path count in each execution that goes on from here; it
	 * was another process that saw them. */
	order_extend(&bounded->order, engine);
	for (size_t i = 0; i < engine->depth; i++)
		race_check_event(engine, &bounded->order, i);
}

/* The number of a branch that is still to be done; count if there is none. */
static uint32_t to_do(const struct bounded *bounded, const struct node *node)
{
	uint32_t i = 0;

	while (i < node->count &&
	       branch_of(bounded, node, i)->plan != PLAN_TO_DO)
		i++;
	return i;
}

/* Drops finished nodes from the end of the path. Returns false if nothing is
 * left to be done. */
static bool backtrack(struct bounded *bounded)
{
	while (bounded->depth > 0) {
		const struct node *node = &bounded->nodes[bounded->depth - 1];

		bounded->branch_count = node->first + node->count;
		if (to_do(bounded, node) < node->count)
			return true;
		bounded->branch_count = node->first;
		bounded->depth--;
	}
	return false;
}

static void run_from_top(struct bounded *bounded, struct engine *engine)
{
	struct node *node = &bounded->nodes[bounded->depth - 1];
	struct branch *branch;

	node->taken = to_do(bounded, node);
	branch = branch_of(bounded, node, node->taken);
	branch->plan = PLAN_DONE;
	engine_step(engine, branch->choice);
}

static void run_execution(struct bounded *bounded, struct engine *engine)
{
	if (bounded->begun) {
		go_back(bounded, engine);
		bounded->branched_at = bounded->depth - 1;
		if (engine->diverged)
			return;
		run_from_top(bounded, engine);
	} else {
		bounded->begun = true;
		bounded->branched_at = 0;
		engine_begin(engine);
	}
	engine_drive(engine, pick_cheapest, bounded);
}

static bool bounded_run(void *self, struct engine *engine, uint64_t steps)
{
	struct bounded *bounded = self;
	uint64_t steps_end = engine->steps + steps;

	while (engine->steps < steps_end) {
		if (bounded->begun && !backtrack(bounded))
			return true;
		run_execution(bounded, engine);
		if (!engine->diverged)
			find_all_conflicts(bounded, engine);
		engine_finish(engine);
		if (engine_wants_pause(engine))
			return !engine->stopped && !backtrack(bounded);
	}
	return false;
}

/* How many executions are left is not known. */
static double bounded_fraction(const void *self)
{
	(void)self;
	return -1;
}

/* --- Saving */

static void bounded_save(const void *self, struct buffer *buffer)
{
	const struct bounded *bounded = self;

	buffer_put_u32(buffer, bounded->begun);
	buffer_put_block(buffer, bounded->nodes,
			 bounded->depth * sizeof(*bounded->nodes));
	buffer_put_block(buffer, bounded->branches,
			 bounded->branch_count * sizeof(*bounded->branches));
}

static bool is_well_formed(const struct bounded *bounded)
{
	size_t next = 0;

	for (size_t i = 0; i < bounded->depth; i++) {
		const struct node *node = &bounded->nodes[i];

		if (node->first != next || node->taken >= node->count ||
		    node->count > bounded->branch_count - next)
			return false;
		next += node->count;
	}
	return next == bounded->branch_count;
}

static size_t load_array(struct reader *reader, void **items, size_t *capacity,
			 size_t item_bytes)
{
	size_t length;
	const void *bytes = reader_block(reader, &length);

	if (reader->failed || length % item_bytes != 0) {
		reader->failed = true;
		return 0;
	}
	memory_reserve(items, capacity, length / item_bytes, item_bytes);
	if (length > 0)
		memcpy(*items, bytes, length);
	return length / item_bytes;
}

static void bounded_load(void *self, struct reader *reader)
{
	struct bounded *bounded = self;

	bounded->begun = reader_u32(reader);
	bounded->resumed = bounded->begun;
	bounded->depth =
		load_array(reader, (void **)&bounded->nodes, &bounded->capacity,
			   sizeof(*bounded->nodes));
	bounded->branch_count = load_array(reader, (void **)&bounded->branches,
					   &bounded->branch_capacity,
					   sizeof(*bounded->branches));
	if (!is_well_formed(bounded))
		reader->failed = true;
}

const struct strategy strategy_bounded_dpor = {
	.name = "dpor",
	.finds_races = true,
	.new = bounded_new,
	.delete = bounded_delete,
	.restart = bounded_restart,
	.run = bounded_run,
	.fraction = bounded_fraction,
	.save = bounded_save,
	.load = bounded_load,
};
