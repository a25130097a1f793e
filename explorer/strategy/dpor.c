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
#include <string.h>

#include "base/memory.h"
#include "engine/dependence.h"
#include "engine/ending.h"
#include "engine/order.h"
#include "engine/race.h"
#include "engine/spin.h"
#include "runtime/alternative.h"
#include "strategy/possible.h"
#include "strategy/strategy.h"
#include "strategy/wakeup.h"

/* A state on the path, and the step taken from it. */
struct node {
	struct wake step;
	bool taken;	    /* `step` is under way */
	size_t sleep_start; /* the node's part of `sleep` */
	size_t sleep_count;
	wakeup_tree tree;   /* to be done besides `step` */
	struct grown grown; /* below the steps before this one */
};

/*
 * Invariants:
 * 1. nodes[0..depth) is the path; between two runs that of the execution that
 *    was finished last.
 * 2. The nodes' parts of `sleep` follow each other without a gap.
 */
struct dpor {
	bool source; /* note the first step of a sequence only */
	bool begun;
	bool resumed; /* the engine does not know the path */
	struct node *nodes;
	size_t depth;
	size_t capacity;
	struct wakes sleep;
	struct wakeup_forest forest;
	struct order order;
	wakeup_tree guide;  /* what leads this execution on */
	size_t branched_at; /* the first step that is new in this execution */
	struct wakes list;  /* scratch */
	uint32_t *clock;    /* scratch */
	size_t clock_capacity;
};

static void *dpor_new(const struct strategy_options *options)
{
	(void)options;
	return memory_new(sizeof(struct dpor));
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
	dpor->begun = false;
	dpor->resumed = false;
	order_rewind(&dpor->order, 0);
}

/* --- Races */

static struct wake performed_wake(const struct engine *engine, size_t event)
{
	const struct performed *performed = &engine->log[event];
	const struct thread *thread =
		&engine->runtime->state.threads[performed->choice.thread];

	return (struct wake){.operation = performed->operation,
			     .slot = thread->slot,
			     .alternative = performed->choice.alternative};
}

/* How to come to where `later` happens before event `first`: what does not
 * depend on `first`, in order, then `later`. */
static void gather(struct dpor *dpor, const struct engine *engine, size_t first,
		   const struct wake *later)
{
	dpor->list.count = 0;
	for (size_t i = first + 1; i < engine->depth; i++) {
		struct wake wake;

		if (order_before(&dpor->order, engine, first, i) ||
		    possible_must_wait(&dpor->order, engine, first, i, later))
			continue;
		wake = performed_wake(engine, i);
		wakes_add(&dpor->list, &wake);
	}
	wakes_add(&dpor->list, later);
}

static const struct wake *sleeper(const struct dpor *dpor,
				  const struct node *node, size_t index)
{
	return &dpor->sleep.at[node->sleep_start + index];
}

/* Source-DPOR: some initial of the list is to be done at the node. */
static void note_initial(struct dpor *dpor, struct node *node)
{
	for (size_t i = 0; i < node->sleep_count; i++)
		if (wakes_may_start_with(&dpor->list, sleeper(dpor, node, i)))
			return;
	forest_insert_first(&dpor->forest, &node->tree, &dpor->list);
}

static void reverse(struct dpor *dpor, const struct engine *engine,
		    size_t first, const struct wake *later)
{
	struct node *node = &dpor->nodes[first];

	gather(dpor, engine, first, later);
	if (dpor->source) {
		note_initial(dpor, node);
		return;
	}
	for (size_t i = 0; i < node->sleep_count; i++)
		if (wakes_begin_with(&dpor->list, sleeper(dpor, node, i)))
			return;
	forest_insert(&dpor->forest, &node->tree, &dpor->list);
}

/* Notes how to reverse a race, with each result that `later` may then have. */
static void reverse_each(struct dpor *dpor, const struct engine *engine,
			 size_t first, const struct candidate *later)
{
	struct wake wake = later->wake;
	uint32_t results = possible_results(engine, first, later);

	if (results > 1 || wake.operation.op == OP_COND_SIGNAL)
		wake.alternative = 0;
	do
		reverse(dpor, engine, first, &wake);
	while (++wake.alternative < results);
}

/* `later` as it would be somewhere else. A try gets there what there is; of
 * what else has failed, nobody knows whether it would. */
static struct wake elsewhere(const struct engine *engine,
			     const struct wake *later, bool asks,
			     bool available)
{
	struct wake wake = *later;

	if (!op_may_fail(wake.operation.op))
		return wake;
	if (wake.operation.detail == COMMUTES_LOOKS)
		wake.operation.detail = COMMUTES_NOT;
	if (asks && !available && engine->runtime->refined)
		wake.operation.detail = COMMUTES_LOOKS;
	return wake;
}

/* The same of a thread that spins: somebody else would have to wake it. */
static bool could_be_woken_before(const struct dpor *dpor,
				  const struct engine *engine, size_t first,
				  const struct candidate *later)
{
	size_t asleep_since = later->before;

	while (asleep_since > 0 &&
	       dpor->nodes[asleep_since - 1].step.slot != later->wake.slot)
		asleep_since--;
	return spin_is_woken_without(engine, &dpor->order, asleep_since,
				     later->before, first,
				     &later->wake.operation);
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
		struct candidate reversed = *later;
		bool possible;

		if (!operations_conflict(&engine->log[i].operation,
					 &later->wake.operation))
			continue;
		possible = possible_before(order, engine, i, later);
		if (!possible && op_may_block(later->wake.operation.op))
			continue;
		if (later->wake.operation.op == OP_AWAIT &&
		    !could_be_woken_before(dpor, engine, i, later))
			continue;
		order_join(order, dpor->clock,
			   order_clock(order, i, RELATION_BEFORE));
		order_walk(&walk, order, i, dpor->clock);
		reversed.wake =
			elsewhere(engine, &later->wake, later->asks, possible);
		reverse_each(dpor, engine, i, &reversed);
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
	struct wake wake = performed_wake(engine, event);
	uint32_t results = possible_alternatives(performed);

	for (uint32_t i = 0; i < results; i++) {
		if (i == performed->choice.alternative ||
		    !possible_instead(engine, event, i))
			continue;
		wake.alternative = i;
		alternative_take(engine->runtime, (enum op)performed->announced,
				 i, &wake.operation);
		reverse(dpor, engine, event, &wake);
	}
}

static void find_races_of_event(struct dpor *dpor, const struct engine *engine,
				size_t event)
{
	const struct performed *performed = &engine->log[event];
	const uint32_t *clock =
		order_clock(&dpor->order, event, RELATION_CAUSED);
	struct candidate later = {
		.wake = performed_wake(engine, event),
		.before = event,
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
	find_races(dpor, engine, &later);
	if (waited)
		find_races_of_others(dpor, engine, &later,
				     (enum op)performed->announced, clock);
}

static uint32_t static_results(const struct thread *thread)
{
	return op_varies(thread->pending.op) ? 1 : thread->pending.alternatives;
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
		.signalled = thread->signalled,
	};
	struct wake *wake = &later.wake;
	bool available = runtime_availability(&wake->operation) &
			 runtime_needs(&wake->operation);
	bool waits = op_may_block(announced) &&
		     (available || !runtime_is_enabled(thread) ||
		      !runtime_may_have(thread, 0));

	later.asks = waits || (op_is_try(announced) &&
			       (available || !runtime_has(thread)));
	if (op_is_try(announced))
		*wake = elsewhere(engine, wake, later.asks, available);
	/* Without a signal it cannot have the mutex back. */
	if (announced != OP_COND_REACQUIRE || thread->signalled)
		do {
			order_copy(&dpor->order, dpor->clock, clock);
			if (announced == OP_COND_REACQUIRE)
				order_join(&dpor->order, dpor->clock,
					   order_clock(&dpor->order,
						       thread->signalled - 1,
						       RELATION_BEFORE));
			find_races(dpor, engine, &later);
		} while (++wake->alternative < static_results(thread));
	wake->alternative = 0;
	if (waits)
		find_races_of_others(dpor, engine, &later, announced, clock);
}

/* See ending_mark_death(). */
static void mark_death(struct dpor *dpor, struct engine *engine)
{
	ending_mark_death(engine);
	if (engine->ended && engine->depth > 0)
		dpor->nodes[engine->depth - 1].step.operation.op =
			engine->log[engine->depth - 1].operation.op;
}

/* Once a step has been made it is known what it commutes with. */
static void learn_of_step(struct dpor *dpor, const struct engine *engine)
{
	if (engine->depth > 0 && engine->depth == dpor->depth)
		dpor->nodes[dpor->depth - 1].step.operation.detail =
			engine->log[engine->depth - 1].operation.detail;
}

static void find_all_races(struct dpor *dpor, struct engine *engine)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread;
	size_t known;

	learn_of_step(dpor, engine);
	mark_death(dpor, engine);
	order_rewind(&dpor->order, dpor->branched_at);
	/* Less than branched_at after an execution that was cut short. */
	known = dpor->order.count;
	order_extend(&dpor->order, engine);
	memory_reserve((void **)&dpor->clock, &dpor->clock_capacity,
		       dpor->order.stride, sizeof(*dpor->clock));
	for (size_t i = known; i < engine->depth; i++) {
		race_check_event(engine, &dpor->order, i);
		find_races_of_event(dpor, engine, i);
		find_alternatives(dpor, engine, i);
	}
	FOR_LIVE(thread, state)
	if (thread->state == THREAD_PENDING &&
	    (!engine->ended || thread->number != engine->ending.thread))
		find_races_of_pending(dpor, engine, thread);
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
		if (sleeper(dpor, node, i)->slot == slot &&
		    sleeper(dpor, node, i)->alternative == alternative)
			return true;
	return false;
}

/* What to do at a node without a wakeup tree: the first choice that does not
 * sleep. False if all do. */
static bool choose_freely(const struct dpor *dpor, const struct engine *engine,
			  const struct node *node, struct wake *ret_wake)
{
	for (uint32_t i = 0; i < engine->choice_count; i++) {
		struct choice choice = engine->choices[i];
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

		if (wakes_are_dependent(sleeper(dpor, above, i), &above->step))
			continue;
		/* Adding may move it. */
		wake = *sleeper(dpor, above, i);
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

	learn_of_step(dpor, engine);
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
			find_all_races(dpor, engine);
			engine_finish(engine);
		} else if (engine->diverged) {
			engine_finish(engine);
		} else {
			if (dpor->source)
				find_all_races(dpor, engine);
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

/* --- Saving */

struct saver {
	struct buffer *buffer;
	uint64_t count;
};

static void count_branch(void *context, const struct wake *wake, uint32_t depth)
{
	struct saver *saver = context;

	(void)wake;
	(void)depth;
	saver->count++;
}

static void put_branch(void *context, const struct wake *wake, uint32_t depth)
{
	struct saver *saver = context;

	buffer_put_u32(saver->buffer, depth);
	buffer_put(saver->buffer, wake, sizeof(*wake));
}

static void load_node(struct dpor *dpor, struct reader *reader)
{
	struct node node = {.taken = reader_u32(reader),
			    .sleep_start = dpor->sleep.count};
	const void *step = reader_bytes(reader, sizeof(node.step));
	const void *grown = reader_bytes(reader, sizeof(node.grown));
	size_t length;
	const uint8_t *sleep = reader_block(reader, &length);
	uint64_t branches = reader_u64(reader);

	if (reader->failed)
		return;
	memcpy(&node.step, step, sizeof(node.step));
	memcpy(&node.grown, grown, sizeof(node.grown));
	for (size_t i = 0; i + sizeof(struct wake) <= length;
	     i += sizeof(struct wake)) {
		struct wake wake;

		memcpy(&wake, sleep + i, sizeof(wake));
		wakes_add(&dpor->sleep, &wake);
		node.sleep_count++;
	}
	forest_load(&dpor->forest, &node.tree, branches, reader);
	memory_reserve((void **)&dpor->nodes, &dpor->capacity, dpor->depth + 1,
		       sizeof(*dpor->nodes));
	dpor->nodes[dpor->depth++] = node;
}

static void dpor_save(const void *self, struct buffer *buffer)
{
	const struct dpor *dpor = self;
	struct saver saver = {.buffer = buffer};

	buffer_put_u32(buffer, dpor->begun);
	buffer_put_u64(buffer, dpor->depth);
	for (size_t i = 0; i < dpor->depth; i++) {
		const struct node *node = &dpor->nodes[i];

		buffer_put_u32(buffer, node->taken);
		buffer_put(buffer, &node->step, sizeof(node->step));
		buffer_put(buffer, &node->grown, sizeof(node->grown));
		buffer_put_block(buffer, dpor->sleep.at + node->sleep_start,
				 node->sleep_count * sizeof(*dpor->sleep.at));
		saver.count = 0;
		forest_walk(&dpor->forest, node->tree, 0, &saver, count_branch);
		buffer_put_u64(buffer, saver.count);
		forest_walk(&dpor->forest, node->tree, 0, &saver, put_branch);
	}
}

static void dpor_load(void *self, struct reader *reader)
{
	struct dpor *dpor = self;
	uint64_t depth;

	dpor->begun = reader_u32(reader);
	dpor->resumed = true;
	depth = reader_u64(reader);
	for (uint64_t i = 0; i < depth && !reader->failed; i++)
		load_node(dpor, reader);
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
