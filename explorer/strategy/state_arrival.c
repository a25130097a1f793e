/*
 * Arriving at states. See state_arrival.h.
 */
#include "strategy/state_arrival.h"

#include "base/memory.h"
#include "channel/job_message.h"
#include "channel/message.h"
#include "engine/dependence.h"
#include "strategy/find_state.h"
#include "strategy/state_path.h"
#include "strategy/state_races.h"
#include "strategy/weakness.h"

/* The same where threads may be alike. */
static struct digest symmetric_key(struct search *search,
				   const struct engine *engine)
{
	uint32_t last = NO_THREAD;

	search->asymmetry = states_check_symmetry(search->states, engine);
	if (search->bound.kind != BOUND_NONE && !engine->ended &&
	    engine->depth > 0)
		last = engine->log[engine->depth - 1].choice.thread;
	return states_symmetric_digest(search->states, engine, last);
}

/* What tells states of the search apart: with a bound also who moved last. */
static struct digest key_of(struct search *search, const struct engine *engine)
{
	struct digest digest = states_digest(search->states);
	uint64_t last = 0;

	if (search->with_symmetry)
		return symmetric_key(search, engine);
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
	const struct frame *from = state_path_top(search);
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
		    uint32_t *value, uint32_t cost)
{
	uint32_t outcome = STATE_NOT_AN_END;

	*value = search->keeps_graph ? state_graph_add(&search->graph) : cost;
	if (engine->ended && !search->decides)
		outcome = engine_finish_state(engine);
	if (search->keeps_graph)
		state_graph_set_end(&search->graph, *value, outcome);
}

uint64_t state_arrival_memory(const struct search *search)
{
	return state_table_bytes(&search->table) +
	       collapsed_bytes(search->collapsed) +
	       states_symmetry_bytes(search->states) +
	       state_graph_bytes(&search->graph) + search->filter.bytes;
}

/* With --lossy an eighth is kept for the filter. */
static bool has_room(const struct search *search)
{
	uint64_t most = search->flags & STATES_LOSSY
				? search->memory_max / 8 * 7
				: search->memory_max;

	return search->memory_max == 0 || state_arrival_memory(search) < most;
}

static void see_findings(struct search *search, struct engine *engine)
{
	const struct findings *findings = &engine->findings;

	if (search->decides) {
		state_races_see(search, engine);
		return;
	}
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

/* Whether the step has led back to where it began. Then whatever follows could
 * have followed without it: it has kept nothing apart. But for a store: what
 * reads it does not read the store before, and may have learned more of that.
 */
static bool leads_nowhere(struct search *search,
			  const struct performed *performed,
			  struct digest digest)
{
	const struct frame *from = state_path_top(search);

	return from && !search->with_symmetry &&
	       performed->operation.op != OP_ATOMIC_STORE &&
	       from->digest.low == digest.low &&
	       from->digest.high == digest.high;
}

static void see_weakness(struct search *search, const struct engine *engine,
			 struct digest digest)
{
	const struct performed *performed;
	unsigned shown;

	if (((search->weak & WEAKNESS_OTHER) && search->plain) ||
	    engine->depth == 0)
		return;
	performed = &engine->log[engine->depth - 1];
	shown = (unsigned)weakness_shows(engine, performed);
	if (shown && !leads_nowhere(search, performed, digest))
		search->weak |= shown;
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
	if (!state_filter_add(&search->filter, frame->digest))
		return false;
	if (engine->ended && !search->decides)
		engine_finish_state(engine);
	return !engine->ended;
}

/* The state is known. Returns whether its steps are to be made again: within a
 * bound, if it was come to at less cost. */
static bool is_cheaper(struct search *search, uint32_t *value,
		       const struct frame *frame)
{
	search->cyclic |= state_path_has(search, frame->digest);
	if (search->bound.kind == BOUND_NONE || *value <= frame->cost)
		return false;
	*value = frame->cost;
	return true;
}

bool state_arrival(struct search *search, struct engine *engine, uint32_t cost,
		   sleeper_set asleep)
{
	struct frame frame = {.digest = key_of(search, engine),
			      .asleep = asleep,
			      .cost = cost};
	uint32_t *value;
	bool is_new;
	bool goes_on;

	see_findings(search, engine);
	if (search->query && find_state_look(search->query, engine)) {
		state_table_put(&search->table, frame.digest, &is_new);
		return false;
	}
	see_weakness(search, engine, frame.digest);
	compare_images(search, engine, frame.digest);
	if (!has_room(search) &&
	    !state_table_get(&search->table, frame.digest)) {
		if (!arrive_without_room(search, engine, &frame))
			return false;
		state_path_push(search, engine, &frame,
				state_path_candidates(search, engine));
		return true;
	}
	value = state_table_put(&search->table, frame.digest, &is_new);
	if (is_new)
		add_new(search, engine, value, cost);
	goes_on = is_new || is_cheaper(search, value, &frame);
	frame.node = *value;
	keep_step(search, *value);
	if (engine->ended || !goes_on)
		return false;
	state_path_push(search, engine, &frame,
			state_path_candidates(search, engine));
	return true;
}

/* The program has not been there, which can go on. */
static void go_recalled(struct search *search, struct engine *engine,
			const struct local_step *step, uint16_t thread,
			const struct frame *frame)
{
	collapsed_go(search->collapsed, thread, step, frame->digest);
	state_path_push(
		search, engine, frame,
		collapsed_candidates(search->collapsed, search->candidates));
}

enum arrival state_arrival_recalled(struct search *search,
				    struct engine *engine,
				    const struct local_step *step,
				    uint16_t thread, struct digest digest,
				    sleeper_set asleep)
{
	struct frame frame = {.digest = digest, .asleep = asleep};
	uint32_t *value = state_table_get(&search->table, digest);
	bool is_new = !value;

	if (is_new && (!has_room(search) ||
		       collapsed_must_see(search->collapsed, thread, step)))
		return ARRIVED_NEWS;
	if (is_new) {
		value = state_table_put(&search->table, digest, &is_new);
		*value = search->keeps_graph ? state_graph_add(&search->graph)
					     : 0;
		if (search->keeps_graph)
			state_graph_set_end(&search->graph, *value,
					    STATE_NOT_AN_END);
	} else {
		search->cyclic |= state_path_has(search, digest);
	}
	frame.node = *value;
	keep_step(search, *value);
	if (!is_new)
		return ARRIVED_KNOWN;
	go_recalled(search, engine, step, thread, &frame);
	return ARRIVED_ON;
}
