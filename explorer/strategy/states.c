/*
 * Stateful search: every state once.
 *
 * Problem. Ten thousand million interleavings may lead through a few thousand
 * states. Visit each of those, take each step that is possible there, and
 * never do so twice.
 *
 * Idea. Depth-first search over states (Holzmann, "The Model Checker SPIN",
 * TSE 1997), on the program itself: a state is recognised by its digest, and
 * the search goes back to the state before by undoing what the step changed
 * (engine/state.h). Steps that would only come to a known state another way
 * are left out by sleep sets, which are stored with the states (Godefroid,
 * Holzmann, Pirottin, "State-Space Caching Revisited", CAV 1992):
 *
 *     visit(s, Z):                              Z: asleep, R: what was stored
 *         new:   stored[s] = Z;        todo = possible in s, without Z
 *         known: stored[s] = R and Z;  todo = R without Z
 *         for each t in todo: make t; visit(next, those of Z independent of
 *                             t); undo t; Z = Z and t
 *
 * Every outcome, every deadlock, every pair of accesses that are pending at a
 * time is found, since each is a fact of a state; but not how many executions
 * there are. Programs that never end are searched to the end as well, if they
 * have but so many states.
 *
 * Passes. If a step leads back to a state of the path, something can go on for
 * ever. Whether it must, because no end is reachable, is a question about all
 * steps: the search starts over without sleep sets and keeps the graph
 * (state_graph.h). If no path leads back, every execution ends: what is asleep
 * in a state would lead to one that was visited before.
 *
 * With a bound a state is one of the program and who moved last, and what
 * stands with it is the least that a path to it has cost: a cheaper one visits
 * it again. No step is left out, since another way to the same state may cost
 * more.
 *
 * Findings are told when they are seen, with the schedule so far: the path may
 * be left at a state that is known before any execution ends.
 */
#include "strategy/states.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "channel/message.h"
#include "engine/dependence.h"
#include "strategy/bound.h"
#include "strategy/path_count.h"

/* Threads with a bit in a set; the others never sleep, which costs steps and
 * loses nothing. */
#define SLEEPERS 31U

/* A set with everything in it. */
#define ALL_STEPS UINT32_MAX

/* Where the path is looked up by digest. */
#define PATH_HEADS 16384U

/* Which steps the first pass makes. */
static void choose_pass(struct search *search)
{
	search->keeps_graph = search->flags & (STATES_SHORTEST | STATES_COUNT);
	search->sleeps =
		search->bound.kind == BOUND_NONE && !search->keeps_graph;
}

static void *search_new(const struct strategy_options *options)
{
	struct search *search = memory_new(sizeof(*search));

	search->bound = options->bound;
	search->flags = options->states;
	search->memory_max = options->states_memory;
	search->states = states_new(&(struct state_options){
		.with_yields = search->bound.kind != BOUND_NONE,
		.ignore_output = options->states & STATES_IGNORE_OUTPUT,
	});
	choose_pass(search);
	search->heads = memory_new(PATH_HEADS * sizeof(*search->heads));
	state_table_init(&search->table);
	return search;
}

static void search_delete(void *self)
{
	struct search *search = self;

	states_free(search->states);
	state_table_fini(&search->table);
	state_graph_fini(&search->graph);
	state_filter_fini(&search->filter);
	state_images_fini(&search->images);
	memory_free(search->sightings,
		    search->sighting_capacity * sizeof(*search->sightings));
	memory_free(search->heads, PATH_HEADS * sizeof(*search->heads));
	memory_free(search->frames, search->capacity * sizeof(*search->frames));
	memory_free(search->steps,
		    search->steps_capacity * sizeof(*search->steps));
	memory_free(search, sizeof(*search));
}

/* Forgets all states. */
static void clear(struct search *search)
{
	state_table_fini(&search->table);
	state_table_init(&search->table);
	state_graph_clear(&search->graph);
	memset(search->heads, 0, PATH_HEADS * sizeof(*search->heads));
	state_filter_fini(&search->filter);
	state_images_fini(&search->images);
	search->sighting_count = 0;
	search->count = 0;
	search->begun = false;
	search->finished = false;
	search->cyclic = false;
	search->cut = false;
	search->full = false;
	search->weak = false;
	search->plain = false;
}

static void search_restart(void *self)
{
	struct search *search = self;

	clear(search);
	choose_pass(search);
}

/* --- The path */

static uint32_t *head_of(struct search *search, struct digest digest)
{
	return &search->heads[digest.low % PATH_HEADS];
}

static bool is_on_path(struct search *search, struct digest digest)
{
	for (uint32_t i = *head_of(search, digest); i > 0;
	     i = search->frames[i - 1].older) {
		const struct digest *known = &search->frames[i - 1].digest;

		if (known->low == digest.low && known->high == digest.high)
			return true;
	}
	return false;
}

static struct frame *top_of(struct search *search)
{
	return search->count > 0 ? &search->frames[search->count - 1] : NULL;
}

static uint32_t bit_of(const struct engine *engine, uint16_t number)
{
	const struct thread *thread = &engine->runtime->state.threads[number];

	if (thread->slot >= SLEEPERS || runtime_alternatives(thread) > 1)
		return 0;
	return (uint32_t)1 << thread->slot;
}

static void add_step(struct search *search, struct frame *frame,
		     const struct engine *engine, struct choice choice)
{
	const struct thread *thread =
		&engine->runtime->state.threads[choice.thread];
	uint32_t cost =
		frame->cost + bound_cost(&search->bound, engine, choice);

	if (!bound_allows(&search->bound, cost)) {
		search->cut = true;
		return;
	}
	memory_reserve((void **)&search->steps, &search->steps_capacity,
		       frame->end + 1, sizeof(*search->steps));
	search->steps[frame->end++] = (struct search_step){
		.choice = choice,
		.slot = (uint16_t)thread->slot,
		.cost = cost,
	};
}

/* Puts the engine's state onto the path, with the steps to be made there: all
 * but those asleep, or of a state that is known, those in `todo` alone. */
static void push(struct search *search, const struct engine *engine,
		 const struct frame *what, uint32_t todo)
{
	const struct frame *below = top_of(search);
	struct frame frame = *what;
	uint32_t *head = head_of(search, frame.digest);

	frame.first = frame.next = frame.end = below ? below->end : 0;
	frame.older = *head;
	for (uint32_t i = 0; i < engine->choice_count; i++) {
		uint32_t place = search->flags & STATES_EAGER
					 ? engine->choice_count - 1 - i
					 : i;
		struct choice choice = engine->choices[place];
		uint32_t bit = bit_of(engine, choice.thread);

		if (todo && todo != ALL_STEPS ? bit & todo
					      : !(bit & frame.asleep))
			add_step(search, &frame, engine, choice);
	}
	memory_reserve((void **)&search->frames, &search->capacity,
		       search->count + 1, sizeof(*search->frames));
	assert(search->frames);
	search->frames[search->count++] = frame;
	*head = (uint32_t)search->count;
}

static void pop(struct search *search)
{
	const struct frame *frame = top_of(search);

	*head_of(search, frame->digest) = frame->older;
	search->count--;
}

/* --- Arriving */

/* What tells states of the search apart: with a bound also who moved last. */
static struct digest key_of(const struct search *search,
			    const struct engine *engine)
{
	struct digest digest = states_digest(search->states);
	uint64_t last = 0;

	if (search->bound.kind == BOUND_NONE || engine->ended)
		return digest;
	if (engine->depth > 0)
		last = 1 + engine->runtime->state
				   .threads[engine->log[engine->depth - 1]
						    .choice.thread]
				   .slot;
	digest.low ^= hash_mix(last, 1);
	digest.high ^= hash_mix(last, 2);
	return digest;
}

static void keep_step(struct search *search, uint32_t to)
{
	const struct frame *from = top_of(search);
	const struct search_step *step;

	if (!search->keeps_graph || !from)
		return;
	step = &search->steps[from->next - 1];
	state_graph_add_edge(
		&search->graph,
		&(struct state_edge){.from = from->node,
				     .to = to,
				     .slot = step->slot,
				     .alternative = step->choice.alternative});
}

static void add_new(struct search *search, struct engine *engine,
		    uint32_t *value, uint32_t cost, uint32_t asleep)
{
	uint32_t outcome = STATE_NOT_AN_END;

	*value = search->keeps_graph ? state_graph_add(&search->graph)
		 : search->bound.kind != BOUND_NONE ? cost
						    : asleep;
	if (engine->ended)
		outcome = engine_finish_state(engine);
	if (search->keeps_graph)
		state_graph_set_end(&search->graph, *value, outcome);
}

static uint64_t memory_used(const struct search *search)
{
	return state_table_bytes(&search->table) +
	       state_graph_bytes(&search->graph) + search->filter.bytes;
}

/* With --lossy an eighth is kept for the filter. */
static bool has_room(const struct search *search)
{
	uint64_t most = search->flags & STATES_LOSSY
				? search->memory_max / 8 * 7
				: search->memory_max;

	return search->memory_max == 0 || memory_used(search) < most;
}

static void see_findings(struct search *search, struct engine *engine)
{
	const struct findings *findings = &engine->findings;

	if (!(search->flags & STATES_SHORTEST)) {
		engine_tell_findings(engine);
		return;
	}
	engine_count_findings(engine);
	for (size_t i = findings->path_count; i-- > 0;) {
		if (findings->path[i].depth < engine->depth)
			break;
		memory_reserve(
			(void **)&search->sightings, &search->sighting_capacity,
			search->sighting_count + 1, sizeof(*search->sightings));
		search->sightings[search->sighting_count++] =
			(struct edge_sighting){
				.finding = findings->path[i].id,
				.edge = engine->depth > 0
						? search->graph.edge_count
						: SIZE_MAX,
			};
	}
}

/* Whether the order of what the operation does is known to others who see it:
 * then races can be told by what is pending at a time (race.h). */
static bool is_weak(const struct performed *performed)
{
	const struct operation *operation = &performed->operation;
	enum memory_order_kind order = (enum memory_order_kind)operation->order;

	if (operation->op == OP_SEM_GETVALUE)
		return true;
	if (!operation_is_atomic(operation))
		return performed->failed;
	if (order == ORDER_SEQ_CST || order == ORDER_ACQ_REL)
		return false;
	if (operation->op == OP_ATOMIC_LOAD)
		return order != ORDER_ACQUIRE;
	if (operation->op == OP_ATOMIC_STORE)
		return order != ORDER_RELEASE;
	return true;
}

static void see_weakness(struct search *search, const struct engine *engine)
{
	const struct performed *performed;

	if ((search->weak && search->plain) || engine->depth == 0)
		return;
	performed = &engine->log[engine->depth - 1];
	search->weak |= is_weak(performed);
	search->plain |= operation_is_access(&performed->operation) &&
			 !operation_is_atomic(&performed->operation);
}

static void compare_images(struct search *search, const struct engine *engine,
			   struct digest digest)
{
	if (!(search->flags & STATES_PARANOID))
		return;
	buffer_clear(&search->images.now);
	states_image(search->states, engine, &search->images.now);
	state_images_compare(&search->images, digest);
}

/* Memory is full. Returns whether the state is to be gone on from. */
static bool arrive_without_room(struct search *search, struct engine *engine,
				struct frame *frame)
{
	if (!(search->flags & STATES_LOSSY) || search->keeps_graph) {
		search->full = true;
		return false;
	}
	if (!search->filter.words)
		state_filter_init(&search->filter, search->memory_max / 8);
	/* What slept when a state was come to is not kept: nothing sleeps. */
	frame->asleep = 0;
	if (!state_filter_add(&search->filter, frame->digest))
		return false;
	if (engine->ended)
		engine_finish_state(engine);
	return !engine->ended;
}

/* The state is known: which steps are still to be made there? */
static uint32_t wake(struct search *search, uint32_t *value,
		     const struct frame *frame)
{
	uint32_t todo = 0;

	if (search->bound.kind != BOUND_NONE) {
		if (*value <= frame->cost)
			return 0;
		*value = frame->cost;
		return ALL_STEPS;
	}
	search->cyclic |= is_on_path(search, frame->digest);
	if (search->sleeps) {
		todo = *value & ~frame->asleep;
		*value &= frame->asleep;
	}
	return todo;
}

/* The engine has come to a state, which is the topmost level now. True if it is
 * to be gone on from. */
static bool arrive(struct search *search, struct engine *engine, uint32_t cost,
		   uint32_t asleep)
{
	struct frame frame = {.digest = key_of(search, engine),
			      .asleep = asleep,
			      .cost = cost};
	uint32_t *value;
	uint32_t todo = 0;
	bool is_new;

	see_findings(search, engine);
	see_weakness(search, engine);
	compare_images(search, engine, frame.digest);
	if (!has_room(search) &&
	    !state_table_get(&search->table, frame.digest)) {
		if (!arrive_without_room(search, engine, &frame))
			return false;
		push(search, engine, &frame, 0);
		return true;
	}
	value = state_table_put(&search->table, frame.digest, &is_new);
	if (is_new)
		add_new(search, engine, value, cost, asleep);
	else
		todo = wake(search, value, &frame);
	frame.node = *value;
	keep_step(search, *value);
	if (engine->ended || (!is_new && !todo))
		return false;
	push(search, engine, &frame, todo);
	return true;
}

/* --- Moving */

/* Those asleep whose pending operation the thread's does not conflict with. */
static uint32_t independent(const struct engine *engine, uint32_t asleep,
			    uint16_t number)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct operation *operation = &state->threads[number].pending;
	const struct thread *thread;
	uint32_t left = 0;

	if (!asleep)
		return 0;
	FOR_LIVE(thread, state)
	{
		uint32_t bit = bit_of(engine, (uint16_t)thread->number);

		if (bit & asleep && thread->number != number &&
		    !operations_conflict(&thread->pending, operation))
			left |= bit;
	}
	return left;
}

/* What keeps accesses apart without ordering them makes races that are never
 * pending, and a state does not say how it was come to. */
static void note_order(struct engine *engine, struct choice next)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct operation *operation =
		&state->threads[next.thread].pending;

	if (operation_is_atomic(operation) &&
	    operation->order == ORDER_RELAXED && state->alive > 1)
		engine->incomplete_because |= REASON_RACES_NOT_DECIDED;
}

/* One step, or one back. */
static void move(struct search *search, struct engine *engine)
{
	struct frame *top = top_of(search);
	struct search_step step;
	uint32_t asleep;

	if (top->next == top->end) {
		pop(search);
		if (search->count > 0)
			states_back(search->states, engine);
		return;
	}
	step = search->steps[top->next++];
	asleep = independent(engine, top->asleep, step.choice.thread);
	if (search->sleeps)
		top->asleep |= bit_of(engine, step.choice.thread);
	note_order(engine, step.choice);
	engine_step(engine, step.choice);
	states_take(search->states, engine);
	if (!arrive(search, engine, step.cost, asleep))
		states_back(search->states, engine);
}

static void begin(struct search *search, struct engine *engine)
{
	if (search->loaded) {
		engine->steps = 0;
		engine->executions = 0;
		engine->cut = 0;
		search->loaded = false;
	}
	if (search->flags & STATES_SHORTEST) {
		search->listener = engine->listener;
		engine->listener.outcome = NULL;
	}
	engine->transitions = 0;
	search->begun = true;
	states_begin(search->states, engine);
	arrive(search, engine, 0, 0);
}

/* --- The end */

static uint16_t number_of(const struct engine *engine, uint16_t slot)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread;

	FOR_LIVE(thread, state)
	if (thread->slot == slot)
		return (uint16_t)thread->number;
	return 0;
}

void search_go_along(struct search *search, struct engine *engine,
		     const size_t *edges, size_t count)
{
	engine_begin(engine);
	while (count > 0) {
		const struct state_edge *edge =
			&search->graph.edges[edges[--count]];

		if (!engine_step_again(engine,
				       choice_of(number_of(engine, edge->slot),
						 edge->alternative)))
			return;
	}
}

/* All states of this pass have been visited. Returns whether another pass has
 * to be made. */
static bool begin_pass(struct search *search)
{
	if (search->keeps_graph || !search->cyclic || search->full ||
	    search->filter.words || search->bound.kind != BOUND_NONE)
		return false;
	clear(search);
	search->sleeps = false;
	search->keeps_graph = true;
	return true;
}

static void close_graph(struct search *search)
{
	size_t edges = search->graph.edge_count;
	size_t *places;

	state_graph_close(&search->graph, &places);
	for (size_t i = 0; i < search->sighting_count; i++)
		if (search->sightings[i].edge != SIZE_MAX)
			search->sightings[i].edge =
				places[search->sightings[i].edge];
	memory_free(places, edges * sizeof(*places));
}

/* What the graph of all states tells. */
static void look_at_graph(struct search *search, struct engine *engine)
{
	close_graph(search);
	if (search->flags & STATES_SHORTEST) {
		engine->listener = search->listener;
		shortest_tell(search, engine);
	}
	if (search->flags & STATES_COUNT) {
		engine->has_cycles = search->cyclic;
		if (!search->cyclic)
			engine->interleavings = path_count(
				&search->graph, engine->outcomes.count,
				&engine->interleaving_words);
	}
	if (search->cyclic)
		livelocks_tell(search, engine);
}

static void finish(struct search *search, struct engine *engine)
{
	search->finished = true;
	if (search->cut)
		engine->incomplete_because |= REASON_BOUND;
	if (search->full)
		engine->incomplete_because |= REASON_MEMORY;
	if (search->filter.words) {
		engine->incomplete_because |= REASON_LOSSY;
		engine->risk = state_filter_risk(&search->filter);
	}
	if (search->weak && search->plain)
		engine->incomplete_because |= REASON_RACES_NOT_DECIDED;
	if (search->keeps_graph && !search->full)
		look_at_graph(search, engine);
}

static void show_figures(const struct search *search, struct engine *engine)
{
	engine->states = search->table.count + search->filter.count;
	engine->shared->states = engine->states;
	engine->shared->transitions = engine->transitions;
	engine->shared->memory = memory_used(search);
	engine->shared->frontier = search->count;
}

static bool search_run(void *self, struct engine *engine, uint64_t steps)
{
	struct search *search = self;
	uint64_t steps_end = engine->steps + steps;

	if (search->finished)
		return true;
	if (!search->begun)
		begin(search, engine);
	while (search->count > 0 && engine->steps < steps_end &&
	       !search->full && !engine_wants_pause(engine))
		move(search, engine);
	show_figures(search, engine);
	if ((search->count > 0 && !search->full) || engine_wants_pause(engine))
		return false;
	if (begin_pass(search))
		return false;
	finish(search, engine);
	return true;
}

static double search_fraction(const void *self)
{
	(void)self;
	return -1;
}

/* The states seen are too many to be handed to another process four times a
 * second: it starts over. */
static void search_save(const void *self, struct buffer *buffer)
{
	const struct search *search = self;

	buffer_put_u32(buffer, search->begun);
}

static void search_load(void *self, struct reader *reader)
{
	struct search *search = self;

	search->loaded = reader_u32(reader);
}

const struct strategy strategy_states = {
	.name = "states",
	.new = search_new,
	.delete = search_delete,
	.restart = search_restart,
	.run = search_run,
	.fraction = search_fraction,
	.save = search_save,
	.load = search_load,
};
