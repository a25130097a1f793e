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
 * are left out by sleep sets (Godefroid, Holzmann, Pirottin, "State-Space
 * Caching Revisited", CAV 1992):
 *
 *     visit(s, Z):                                              Z: asleep
 *         if s is known: return
 *         for each t possible in s, without Z:
 *             make t; visit(next, those of Z independent of t); undo t
 *             Z = Z and t
 *
 * Differs from the paper, which stores Z with s, and makes steps that slept
 * there when s is come to with less asleep. That is not needed where no step
 * leads back to the path: when visit(s, Z) begins, what each t of Z leads to
 * from s has been left for good, with all that can be reached from there. For t
 * slept at the state p before s, on the path, or was made there; so t(p) has
 * been left. Let u be the step from p to s. It is independent of t, so it was
 * possible in t(p), and leads from there to t(s). That was visited from t(p)
 * and left, or u slept in t(p), and it had been left already.
 *
 * Every outcome, every deadlock, every pair of accesses that are pending at a
 * time is found, since each is a fact of a state; but not how many executions
 * there are. Programs that never end are searched to the end as well, if they
 * have but so many states.
 *
 * Passes. If a step leads back to a state of the path, something can go on for
 * ever. Whether it must, because no end is reachable, is a question about all
 * steps: the search starts over without sleep sets and keeps the graph
 * (state_graph.h). If none does, states are left in an order in which whatever
 * a step leads to, made or asleep, comes first: every execution ends.
 *
 * With a bound a state is one of the program and who moved last, and what
 * stands with it is the least that a path to it has cost: a cheaper one visits
 * it again. No step is left out, since another way to the same state may cost
 * more. If the bound has left nothing out, the pass that keeps the graph is
 * made without it; if it has, livelocks are not looked for.
 *
 * Findings are told when they are seen, with the schedule so far: the path may
 * be left at a state that is known before any execution ends.
 */
#include "strategy/states.h"

#include "base/memory.h"
#include "channel/job_message.h"
#include "channel/message.h"
#include "channel/shared.h"
#include "engine/dependence.h"
#include "strategy/path_count.h"
#include "strategy/state_arrival.h"
#include "strategy/state_move.h"
#include "strategy/state_path.h"
#include "strategy/state_races.h"

/* Which steps the first pass makes. */
static void choose_pass(struct search *search)
{
	search->bound = search->bound_asked;
	search->keeps_graph = search->flags & (STATES_SHORTEST | STATES_COUNT);
	search->sleeps = search->bound.kind == BOUND_NONE &&
			 !search->keeps_graph && !search->with_symmetry;
}

static void *search_new(const struct strategy_options *options)
{
	struct search *search = memory_new(sizeof(*search));

	search->bound_asked = options->bound;
	search->flags = options->states;
	search->memory_max = options->states_memory;
	search->query = options->query;
	search->states = states_new(&(struct state_options){
		.with_yields = options->bound.kind != BOUND_NONE,
		.ignore_output = options->states & STATES_IGNORE_OUTPUT,
		.with_symmetry = options->states & STATES_SYMMETRY,
	});
	search->with_symmetry = options->states & STATES_SYMMETRY;
	choose_pass(search);
	state_path_init(search);
	state_table_init(&search->table);
	search->collapsed = memory_new(sizeof(*search->collapsed));
	collapsed_init(search->collapsed);
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
	state_path_fini(search);
	collapsed_fini(search->collapsed);
	memory_free(search->collapsed, sizeof(*search->collapsed));
	memory_free(search, sizeof(*search));
}

/* Forgets all states. */
static void clear(struct search *search)
{
	state_table_fini(&search->table);
	state_table_init(&search->table);
	state_graph_clear(&search->graph);
	state_path_clear(search);
	collapsed_forget(search->collapsed);
	state_filter_fini(&search->filter);
	state_images_fini(&search->images);
	search->sighting_count = 0;
	search->begun = false;
	search->finished = false;
	search->cyclic = false;
	search->cut = false;
	search->full = false;
	search->weak = 0;
	search->plain = false;
}

static void search_restart(void *self)
{
	struct search *search = self;

	clear(search);
	choose_pass(search);
	search->decides = false;
}

/* --- Beginning */

static void begin(struct search *search, struct engine *engine)
{
	if (search->loaded) {
		engine->steps = 0;
		engine->executions = 0;
		engine->cut = 0;
		search->loaded = false;
	}
	if (search->flags & STATES_SHORTEST) {
		/* Begun anew, it has been taken away already. */
		if (engine->listener.outcome)
			search->listener = engine->listener;
		engine->listener.outcome = NULL;
	}
	engine->transitions = 0;
	search->begun = true;
	engine->runtime->tries_fail = search->decides;
	states_begin(search->states, engine);
	if (!state_arrival(search, engine, 0, 0))
		return;
	states_keep(search->states);
	state_move_stand(search, engine);
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

/* Threads can be told apart: starts over. */
static bool forgo_symmetry(struct search *search, struct engine *engine)
{
	if (search->asymmetry == ASYMMETRY_NONE || !search->with_symmetry)
		return false;
	engine->asymmetry = search->asymmetry;
	states_forgo_symmetry(search->states);
	search->with_symmetry = false;
	clear(search);
	choose_pass(search);
	return true;
}

/* Before the search ends: what some threads of a group have done others may do,
 * in executions that were not looked at since they are alike. */
static void close_symmetry(struct search *search, const struct engine *engine)
{
	states_learn_by_symmetry(search->states);
	search->asymmetry = states_check_symmetry(search->states, engine);
	/* The graph that tells where nothing ends is of threads as they are. */
	if (search->cyclic && !search->cut &&
	    search->asymmetry == ASYMMETRY_NONE)
		search->asymmetry = ASYMMETRY_CYCLES;
}

/* All states of this pass have been visited. Returns whether another pass has
 * to be made. */
static bool begin_pass(struct search *search)
{
	if (search->keeps_graph || !search->cyclic || search->full ||
	    search->filter.words || search->cut)
		return false;
	clear(search);
	search->bound.kind = BOUND_NONE;
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
}

/* Races are to be decided by another pass. What this one has found stands. */
static bool begin_deciding(struct search *search, struct engine *engine)
{
	if (!state_races_are_open(search, engine))
		return false;
	search->states_before = engine->states;
	search->transitions_before = engine->transitions;
	clear(search);
	search->sleeps = false;
	search->keeps_graph = false;
	search->decides = true;
	search->undecided = false;
	return true;
}

static void show_figures(const struct search *search, struct engine *engine)
{
	if (search->decides)
		return;
	engine->states = search->table.count + search->filter.count;
	engine->shared->states = engine->states;
	engine->shared->transitions = engine->transitions;
	engine->shared->memory = state_arrival_memory(search);
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
	       !search->full &&
	       (!search->asymmetry || !search->with_symmetry) &&
	       !engine_wants_pause(engine))
		state_move(search, engine);
	show_figures(search, engine);
	if (forgo_symmetry(search, engine))
		return false;
	if ((search->count > 0 && !search->full) || engine_wants_pause(engine))
		return false;
	if (search->with_symmetry) {
		close_symmetry(search, engine);
		if (forgo_symmetry(search, engine) ||
		    engine_wants_pause(engine))
			return false;
	}
	if (search->decides) {
		search->finished = true;
		state_races_decide(search, engine);
		return true;
	}
	if (begin_pass(search))
		return false;
	if (search->keeps_graph && !search->full)
		look_at_graph(search, engine);
	if (begin_deciding(search, engine))
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
