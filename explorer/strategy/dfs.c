/*
 * Depth-first search: every interleaving, one after the other.
 *
 * Problem. Run the program under each schedule exactly once, in memory that
 * grows with the length of one execution.
 *
 * Idea. The path from the initial state to where the search is now is kept as a
 * stack, a node for each step: which of the choices there is under way. An
 * execution goes on with first choices until it ends; then the deepest node
 * that has a choice left is taken up again, by rewinding to it.
 *
 *     o──0──o──0──o──0──o end          nodes: 0/1  0/2  0/3
 *           │     └──1──o end                 0/1  0/2  1/3
 *           │     └──2──o end                 0/1  0/2  2/3
 *           └──1──o ...                       0/1  1/2  0/...
 *
 * The engine lists the thread that ran last first, so the first execution has
 * no preemption at all, and neighbours differ late.
 *
 * This is the reference that other searches are tested against: it takes no
 * short cut.
 *
 * With a bound (bound.h) a choice is left out that would make the path cost
 * more. Without reduction, leaving out branches loses nothing within the bound.
 */
#include "base/memory.h"
#include "channel/tree_message.h"
#include "strategy/bound.h"

/* A step of the path. */
struct node {
	struct choice choice;
	uint16_t index;	    /* of the choice */
	uint16_t count;	    /* of choices in the state before the step */
	uint16_t next;	    /* the next one within the bound; count: none */
	uint32_t cost;	    /* of the path, with this step */
	struct grown grown; /* below the choices before this one */
};

/*
 * Invariants:
 * 1. Between two runs, nodes[0..depth) is the path of the execution that was
 *    finished last; depth is 0 before the first.
 * 2. `resumed` says that the engine does not know that path.
 */
struct dfs {
	struct bound bound;
	bool begun;
	bool resumed;
	struct node *nodes;
	size_t depth;
	size_t capacity;
};

static void *dfs_new(const struct strategy_options *options)
{
	struct dfs *dfs = memory_new(sizeof(*dfs));

	dfs->bound = options->bound;
	return dfs;
}

static void dfs_delete(void *self)
{
	struct dfs *dfs = self;

	memory_free(dfs->nodes, dfs->capacity * sizeof(*dfs->nodes));
	memory_free(dfs, sizeof(*dfs));
}

static void dfs_restart(void *self)
{
	struct dfs *dfs = self;

	dfs->depth = 0;
	dfs->begun = false;
	dfs->resumed = false;
}

/* What the path costs up to the engine's state. */
static uint32_t cost_so_far(const struct dfs *dfs)
{
	return dfs->depth > 0 ? dfs->nodes[dfs->depth - 1].cost : 0;
}

/* And with this choice. */
static uint32_t cost_with(const struct dfs *dfs, const struct engine *engine,
			  struct choice choice)
{
	if (dfs->bound.kind == BOUND_NONE)
		return 0;
	return cost_so_far(dfs) + bound_cost(&dfs->bound, engine, choice);
}

/* The first choice from number `index` on that the bound allows; the number of
 * choices if there is none. */
static uint32_t next_allowed(const struct dfs *dfs, struct engine *engine,
			     uint32_t index)
{
	for (; index < engine->choice_count; index++) {
		if (bound_allows(
			    &dfs->bound,
			    cost_with(dfs, engine, engine->choices[index])))
			return index;
		engine->incomplete_because |= REASON_BOUND;
	}
	return index;
}

/* Puts the choice of that number onto the path. */
static void push(struct dfs *dfs, struct engine *engine, uint32_t index,
		 struct grown grown)
{
	struct choice choice = engine->choices[index];
	uint32_t cost = cost_with(dfs, engine, choice);
	uint32_t next = next_allowed(dfs, engine, index + 1);
	struct node *node;

	memory_reserve((void **)&dfs->nodes, &dfs->capacity, dfs->depth + 1,
		       sizeof(*dfs->nodes));
	node = &dfs->nodes[dfs->depth++];
	node->choice = choice;
	node->index = (uint16_t)index;
	node->count = (uint16_t)engine->choice_count;
	node->next = (uint16_t)next;
	node->cost = cost;
	node->grown = grown;
	if (engine->listener.branch)
		engine->listener.branch(engine->listener.context, choice);
}

/* For a picture of the search. */
static void tell_state(const struct dfs *dfs, const struct engine *engine)
{
	uint8_t fates[CHOICES_MAX];

	for (uint32_t i = 0; i < engine->choice_count; i++)
		fates[i] =
			bound_allows(&dfs->bound,
				     cost_with(dfs, engine, engine->choices[i]))
				? TREE_OPEN
				: TREE_BEYOND;
	engine->listener.state(engine->listener.context, fates);
}

static bool pick_first(void *context, struct engine *engine,
		       struct choice *ret_choice)
{
	struct dfs *dfs = context;
	uint32_t index = next_allowed(dfs, engine, 0);

	if (engine->listener.state)
		tell_state(dfs, engine);
	*ret_choice = engine->choices[index];
	push(dfs, engine, index, (struct grown){0});
	return true;
}

/* Goes on to the end of the execution, by first choices. */
static void descend(struct dfs *dfs, struct engine *engine)
{
	engine_drive(engine, pick_first, dfs);
}

/* Has the engine go to the state before the step of the topmost node. */
static void go_back(struct dfs *dfs, struct engine *engine)
{
	size_t depth = dfs->depth - 1;

	if (!dfs->resumed) {
		engine_rewind(engine, depth);
		return;
	}
	dfs->resumed = false;
	engine_begin(engine);
	while (engine->depth < depth &&
	       engine_step_again(engine, dfs->nodes[engine->depth].choice))
		;
}

/* Takes up the deepest node that has a choice left. Returns false if there is
 * none. */
static bool backtrack(struct dfs *dfs, struct engine *engine)
{
	uint64_t executions = 1;

	while (dfs->depth > 0) {
		struct node node = dfs->nodes[dfs->depth - 1];

		executions = grown_add(&node.grown, executions);
		if (node.next == node.count) {
			dfs->depth--;
			continue;
		}
		go_back(dfs, engine);
		dfs->depth--;
		if (!engine->ended && node.next >= engine->choice_count)
			engine_stop_diverged(engine);
		if (engine->ended)
			return true;
		push(dfs, engine, node.next, node.grown);
		engine_step(engine, engine->choices[node.next]);
		return true;
	}
	return false;
}

static bool is_exhausted(const struct dfs *dfs)
{
	for (size_t i = 0; i < dfs->depth; i++)
		if (dfs->nodes[i].next < dfs->nodes[i].count)
			return false;
	return true;
}

static bool dfs_run(void *self, struct engine *engine, uint64_t steps)
{
	struct dfs *dfs = self;
	uint64_t steps_end = engine->steps + steps;

	while (engine->steps < steps_end) {
		if (!dfs->begun) {
			engine_begin(engine);
			dfs->begun = true;
		} else if (!backtrack(dfs, engine)) {
			return true;
		}
		descend(dfs, engine);
		engine_finish(engine);
		if (engine_wants_pause(engine))
			return is_exhausted(dfs);
	}
	return false;
}

/* Each node's choices share its part of the whole equally. */
static double dfs_fraction(const void *self)
{
	const struct dfs *dfs = self;
	double part = 1;
	double done = 0;

	for (size_t i = 0; i < dfs->depth; i++) {
		part /= dfs->nodes[i].count;
		done += part * dfs->nodes[i].index;
	}
	return done;
}

/* Both guesses go wrong upwards where a small part of a tree is by far the
 * deepest: the smaller one goes wrong less often. */
static struct estimate dfs_estimate(const void *self)
{
	const struct dfs *dfs = self;
	double fraction = dfs_fraction(dfs);
	double done = 1;
	double size = 1;

	if (dfs->depth == 0)
		return (struct estimate){0};
	for (size_t i = dfs->depth; i-- > 0;) {
		const struct node *node = &dfs->nodes[i];

		done += (double)node->grown.executions;
		size = estimate_node(&node->grown, size,
				     node->count - node->index - 1U);
	}
	if (fraction > 0 && done / fraction < size)
		size = done / fraction;
	return estimate_of_known(size);
}

static void dfs_save(const void *self, struct buffer *buffer)
{
	const struct dfs *dfs = self;

	buffer_put_u32(buffer, dfs->begun);
	buffer_put_block(buffer, dfs->nodes, dfs->depth * sizeof(*dfs->nodes));
}

static void dfs_load(void *self, struct reader *reader)
{
	struct dfs *dfs = self;
	uint32_t begun = reader_u32(reader);
	size_t length;
	const void *nodes = reader_block(reader, &length);

	if (reader->failed || length % sizeof(*dfs->nodes) != 0) {
		reader->failed = true;
		return;
	}
	dfs->begun = begun;
	dfs->resumed = begun;
	dfs->depth = length / sizeof(*dfs->nodes);
	memory_reserve((void **)&dfs->nodes, &dfs->capacity, dfs->depth,
		       sizeof(*dfs->nodes));
	__builtin_memcpy(dfs->nodes, nodes, length);
}

const struct strategy strategy_dfs = {
	.name = "dfs",
	.new = dfs_new,
	.delete = dfs_delete,
	.restart = dfs_restart,
	.run = dfs_run,
	.fraction = dfs_fraction,
	.estimate = dfs_estimate,
	.save = dfs_save,
	.load = dfs_load,
};
