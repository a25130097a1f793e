/*
 * Optimal dynamic partial-order reduction: one execution for each Mazurkiewicz
 * trace.
 *
 * Problem. Most interleavings differ only in the order of steps that do not
 * touch the same thing, and end alike. Run one of each class.
 *
 * Idea. Run any execution to its end. Wherever two of its steps, of different
 * threads, are dependent and could have come in the other order (a race),
 * note at the place before the first one how to get to where the second comes
 * first. Explore what has been noted, deepest place first. Two devices keep
 * this from running anything twice:
 *
 *  - A step whose alternatives have all been explored goes to sleep at its
 *    place: below, it need not be taken until a step that depends on it wakes
 *    it.
 *  - What is noted is not one step but a whole sequence, kept in a wakeup tree,
 *    so that a new execution is led past every choice that would end with
 *    all remaining steps asleep.
 *
 *     A: write x          the race (A, B) notes "B: read x" before A's step;
 *     B: read x           what follows in B is unknown there, as it may read
 *                         another value
 *
 * Paper. Abdulla, Aronis, Jonsson, Sagonas: "Source Sets: A Foundation for
 * Optimal Dynamic Partial Order Reduction", JACM 64(4), 2017, algorithm 2. Its
 * E is the engine's log, Sleep a node's `sleep`, wut(E) its `tree`,
 * notdep(e,E).e' what gather() makes, WI what wakes_begin_with() tests.
 *
 * Differs from the paper. Operations that block: the race partner of a lock is
 * the operation before which the lock was free, not the unlock that cannot be
 * reversed; operations that are still pending at the end take part in races,
 * or deadlocks would be lost; ending the process is an operation that depends
 * on everything. Operations with several results branch by result: an event is
 * a thread and a result, so what is noted says which. Results that depend on
 * the state (which of those that wait a signal wakes) are noted as they are
 * where the event is to come, each of them.
 *
 * source-dpor, the paper's algorithm 1, is here to compare: of a sequence only
 * the first step is noted. What follows is then chosen freely, and may run into
 * a state where everything sleeps: such a run is `blocked`, and was begun in
 * vain. Its races are analysed all the same. What it did up to there was done
 * elsewhere in another order, and some of its races are races of that order at
 * other places only.
 */
#include <assert.h>

#include "base/hash.h"
#include "base/memory.h"
#include "channel/tree_message.h"
#include "engine/order.h"
#include "engine/race.h"
#include "runtime/alternative.h"
#include "runtime/enabled.h"
#include "strategy/dpor_path.h"

static void *dpor_new(const struct strategy_options *options)
{
	struct dpor *dpor = memory_new(sizeof(*dpor));

	dpor->preference = options->preference;
	return dpor;
}

static void *source_new(const struct strategy_options *options)
{
	struct dpor *dpor = dpor_new(options);

	dpor->source = true;
	return dpor;
}

static void dpor_delete(void *self)
{
	struct dpor *dpor = self;

	memory_free(dpor->nodes, dpor->capacity * sizeof(*dpor->nodes));
	memory_free(dpor->clock, dpor->clock_capacity * sizeof(*dpor->clock));
	memory_free(dpor->postponed,
		    dpor->postponed_capacity * sizeof(*dpor->postponed));
	memory_free(dpor->beside,
		    dpor->beside_capacity * sizeof(*dpor->beside));
	memory_free(dpor->varying,
		    dpor->varying_capacity * sizeof(*dpor->varying));
	wakes_fini(&dpor->sleep);
	wakes_fini(&dpor->list);
	forest_fini(&dpor->forest);
	order_fini(&dpor->order);
	memory_free(dpor, sizeof(*dpor));
}

static void dpor_restart(void *self)
{
	struct dpor *dpor = self;

	while (dpor->depth > 0)
		forest_drop(&dpor->forest, dpor->nodes[--dpor->depth].tree);
	dpor->sleep.count = 0;
	dpor->varying_end = 0;
	dpor->begun = false;
	dpor->resumed = false;
	order_rewind(&dpor->order, 0);
}

/* --- Going on */

static const struct thread *thread_in_slot(const struct engine *engine,
					   uint32_t slot)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread;

	/* Nearly always the number is the slot. */
	if (slot < state->count && state->threads[slot].slot == slot)
		return &state->threads[slot];
	FOR_LIVE(thread, state)
	if (thread->slot == slot)
		return thread;
	return NULL;
}

static bool is_asleep(const struct dpor *dpor, const struct node *node,
		      uint32_t slot, uint32_t alternative)
{
	for (size_t i = 0; i < node->sleep_count; i++)
		if (dpor_sleeper(dpor, node, i)->slot == slot &&
		    dpor_sleeper(dpor, node, i)->alternative == alternative)
			return true;
	return false;
}

/* Which choice is looked at first: that of who moved last, so that traces have
 * few switches. */
static uint32_t preferred(const struct dpor *dpor, const struct engine *engine)
{
	return dpor->preference == 0
		       ? 0
		       : (uint32_t)(hash_mix(dpor->preference, engine->depth) %
				    engine->choice_count);
}

/* What to do at a node without a wakeup tree: the first choice that does not
 * sleep. False if all do. */
static bool choose_freely(const struct dpor *dpor, const struct engine *engine,
			  const struct node *node, struct wake *ret_wake)
{
	uint32_t first = preferred(dpor, engine);

	for (uint32_t i = 0; i < engine->choice_count; i++) {
		struct choice choice =
			engine->choices[(first + i) % engine->choice_count];
		const struct thread *thread =
			&engine->runtime->state.threads[choice.thread];

		if (is_asleep(dpor, node, thread->slot, choice.alternative))
			continue;
		ret_wake->operation =
			alternative_operation(thread, choice.alternative);
		ret_wake->slot = thread->slot;
		ret_wake->alternative = choice.alternative;
		return true;
	}
	return false;
}

/* Puts a node for the state that the engine is in onto the path: what stays
 * asleep behind the step that led here sleeps in it. */
static void push(struct dpor *dpor, wakeup_tree tree)
{
	const struct node *above;
	struct node *node;

	memory_reserve((void **)&dpor->nodes, &dpor->capacity, dpor->depth + 1,
		       sizeof(*dpor->nodes));
	assert(dpor->nodes);
	node = &dpor->nodes[dpor->depth];
	above = dpor->depth > 0 ? node - 1 : NULL;
	/* All but the step, which is still to be picked. */
	node->taken = false;
	node->sleep_start = dpor->sleep.count;
	node->sleep_count = 0;
	node->tree = tree;
	node->grown = (struct grown){0};
	dpor->depth++;
	for (size_t i = 0; above && i < above->sleep_count; i++) {
		struct wake wake;

		if (wakes_are_dependent(dpor_sleeper(dpor, above, i),
					&above->step))
			continue;
		/* Adding may move it. */
		wake = *dpor_sleeper(dpor, above, i);
		wake_come_after(&wake, &above->step);
		wakes_add(&dpor->sleep, &wake);
		node->sleep_count++;
	}
}

/* Says what the topmost node's step is for the engine. Returns false if it is
 * not possible: what was noted was possible when the same steps led here. */
static bool prepare_step(struct dpor *dpor, struct engine *engine,
			 struct choice *ret_choice)
{
	struct node *node = &dpor->nodes[dpor->depth - 1];
	const struct thread *thread = thread_in_slot(engine, node->step.slot);

	if (!thread || !runtime_is_enabled(thread) ||
	    !runtime_may_have(thread, node->step.alternative))
		return false;
	node->taken = true;
	*ret_choice = choice_of(thread->number, node->step.alternative);
	if (engine->listener.branch)
		engine->listener.branch(engine->listener.context, *ret_choice);
	return true;
}

/* For a picture of the search. */
static void tell_state(const struct dpor *dpor, const struct engine *engine,
		       const struct node *node)
{
	uint8_t fates[CHOICES_MAX];

	for (uint32_t i = 0; i < engine->choice_count; i++) {
		struct choice choice = engine->choices[i];
		uint32_t slot =
			engine->runtime->state.threads[choice.thread].slot;

		fates[i] = is_asleep(dpor, node, slot, choice.alternative)
				   ? TREE_ASLEEP
				   : TREE_OPEN;
	}
	engine->listener.state(engine->listener.context, fates);
}

/* Puts the state that the engine is in onto the path, and picks the step from
 * there: what `guide` says, as long as there is one, else any that does not
 * sleep. */
static bool pick_awake(void *context, struct engine *engine,
		       struct choice *ret_choice)
{
	struct dpor *dpor = context;
	struct node *node;

	dpor_learn_of_step(dpor, engine);
	push(dpor, dpor->guide);
	node = &dpor->nodes[dpor->depth - 1];
	dpor->guide = 0;
	if (engine->listener.state)
		tell_state(dpor, engine, node);
	if (node->tree)
		dpor->guide =
			forest_take(&dpor->forest, &node->tree, &node->step);
	else if (!choose_freely(dpor, engine, node, &node->step))
		return false;
	return prepare_step(dpor, engine, ret_choice);
}

/* Goes on to the end of the execution. Returns false if it was cut short
 * because everything sleeps. */
static bool descend(struct dpor *dpor, struct engine *engine)
{
	engine_drive(engine, pick_awake, dpor);
	forest_drop(&dpor->forest, dpor->guide);
	dpor->guide = 0;
	return engine->ended && !engine->diverged;
}

/* Has the engine go to the state of the topmost node. */
static void go_back(struct dpor *dpor, struct engine *engine)
{
	size_t depth = dpor->depth - 1;

	if (!dpor->resumed) {
		engine_rewind(engine, depth);
		return;
	}
	dpor->resumed = false;
	engine_begin(engine);
	while (engine->depth < depth) {
		const struct wake *step = &dpor->nodes[engine->depth].step;
		const struct thread *thread =
			thread_in_slot(engine, step->slot);
		uint32_t number = thread ? thread->number : THREADS_MAX;

		if (!engine_step_again(engine,
				       choice_of(number, step->alternative)))
			return;
	}
	/* Races of the path count in each execution that goes on from here; it
	 * was another process that saw them. */
	order_extend(&dpor->order, engine);
	for (size_t i = 0; i < engine->depth; i++)
		race_check_event(engine, &dpor->order, i);
}

/* Drops finished nodes from the end of the path; a step that is done goes to
 * sleep at its node. Returns false if nothing is left to be done. */
static bool backtrack(struct dpor *dpor)
{
	uint64_t executions = 1;

	while (dpor->depth > 0) {
		struct node *node = &dpor->nodes[dpor->depth - 1];

		dpor->sleep.count = node->sleep_start + node->sleep_count;
		if (node->taken) {
			wakes_add(&dpor->sleep, &node->step);
			node->sleep_count++;
			node->taken = false;
			grown_add(&node->grown, executions);
		}
		if (node->tree)
			return true;
		executions = node->grown.executions;
		dpor->depth--;
	}
	return false;
}

/* Runs an execution from the topmost node on. Returns false if everything was
 * asleep before its end. */
static bool run_from_top(struct dpor *dpor, struct engine *engine)
{
	struct node *node = &dpor->nodes[dpor->depth - 1];
	struct choice choice;

	dpor->guide = forest_take(&dpor->forest, &node->tree, &node->step);
	if (!prepare_step(dpor, engine, &choice))
		return false;
	engine_step(engine, choice);
	return descend(dpor, engine);
}

static bool run_execution(struct dpor *dpor, struct engine *engine)
{
	if (!dpor->begun) {
		dpor->begun = true;
		dpor->branched_at = 0;
		engine_begin(engine);
		return descend(dpor, engine);
	}
	go_back(dpor, engine);
	dpor->branched_at = dpor->depth - 1;
	return !engine->diverged && run_from_top(dpor, engine);
}

static bool dpor_run(void *self, struct engine *engine, uint64_t steps)
{
	struct dpor *dpor = self;
	uint64_t steps_end = engine->steps + steps;

	while (engine->steps < steps_end) {
		if (dpor->begun && !backtrack(dpor))
			return true;
		if (run_execution(dpor, engine)) {
			dpor_find_races(dpor, engine);
			engine_finish(engine);
		} else if (engine->diverged) {
			engine_finish(engine);
		} else {
			if (dpor->source)
				dpor_find_races(dpor, engine);
			else
				order_rewind(&dpor->order, dpor->branched_at);
			engine->blocked++;
		}
		if (engine_wants_pause(engine))
			return !engine->stopped && !backtrack(dpor);
	}
	return false;
}

/* How many executions are left is not known. */
static double dpor_fraction(const void *self)
{
	(void)self;
	return -1;
}

static struct estimate dpor_estimate(const void *self)
{
	const struct dpor *dpor = self;
	double size = 1;

	if (dpor->depth == 0)
		return (struct estimate){0};
	for (size_t i = dpor->depth; i-- > 0;) {
		const struct node *node = &dpor->nodes[i];

		size = estimate_node(
			&node->grown, node->taken ? size : -1,
			forest_branches(&dpor->forest, node->tree));
	}
	return estimate_of_planned(size);
}

const struct strategy strategy_dpor = {
	.name = "dpor",
	.finds_races = true,
	.new = dpor_new,
	.delete = dpor_delete,
	.restart = dpor_restart,
	.run = dpor_run,
	.fraction = dpor_fraction,
	.estimate = dpor_estimate,
	.save = dpor_save,
	.load = dpor_load,
};

const struct strategy strategy_source_dpor = {
	.name = "source-dpor",
	.finds_races = true,
	.new = source_new,
	.delete = dpor_delete,
	.restart = dpor_restart,
	.run = dpor_run,
	.fraction = dpor_fraction,
	.estimate = dpor_estimate,
	.save = dpor_save,
	.load = dpor_load,
};
