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

#include "base/memory.h"
#include "engine/race.h"
#include "strategy/bounded_path.h"

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

/* Puts the state that the engine is in onto the path. */
static struct node *push(struct bounded *bounded, const struct engine *engine)
{
	const struct node *above =
		bounded->depth > 0 ? &bounded->nodes[bounded->depth - 1] : NULL;
	uint32_t cost =
		above ? bounded_branch(bounded, above, above->taken)->cost : 0;
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
		if (bounded_branch(bounded, node, i)->cost <
		    bounded_branch(bounded, node, best)->cost)
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
	taken = bounded_branch(bounded, node, node->taken);
	/* The other results of the same operation, too. */
	bounded_plan_thread(bounded, engine, node, taken->slot);
	bounded_branch(bounded, node, node->taken)->plan = PLAN_DONE;
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
			    bounded_branch(bounded, node, node->taken)->choice))
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
	       bounded_branch(bounded, node, i)->plan != PLAN_TO_DO)
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
	branch = bounded_branch(bounded, node, node->taken);
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
			bounded_find_conflicts(bounded, engine);
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
