/*
 * Moving over states. See state_move.h.
 */
#include "strategy/state_move.h"

#include "engine/dependence.h"
#include "runtime/enabled.h"
#include "strategy/state_arrival.h"
#include "strategy/state_path.h"

/* Less memory for what is known of parts would be no use. */
#define PARTS_MIN (UINT64_C(1) << 22)

/* Those asleep whose pending operation the thread's does not conflict with. */
static sleeper_set independent(const struct engine *engine, sleeper_set asleep,
			       uint16_t number)
{
	const struct runtime_state *state = &engine->runtime->state;
	const struct operation *operation = &state->threads[number].pending;
	const struct thread *thread;
	sleeper_set left = 0;

	if (!asleep)
		return 0;
	FOR_LIVE(thread, state)
	if (asleep & sleeper_bit(thread->number) && thread->number != number &&
	    state_path_may_sleep(thread) &&
	    !operations_conflict(&thread->pending, operation))
		left |= sleeper_bit(thread->number);
	return left;
}

static bool may_sleep(const struct search *search, const struct engine *engine,
		      uint16_t thread)
{
	return search->collapsed->on
		       ? collapsed_component(search->collapsed, thread)
				 ->may_sleep
		       : state_path_may_sleep(
				 &engine->runtime->state.threads[thread]);
}

/* Those asleep whom the step does not wake. */
static sleeper_set left_asleep(const struct search *search,
			       const struct engine *engine, sleeper_set asleep,
			       uint16_t thread)
{
	return search->collapsed->on ? collapsed_independent(search->collapsed,
							     asleep, thread)
				     : independent(engine, asleep, thread);
}

/* Whether steps that are known may be made without the program: not where the
 * search asks it about each state. */
static bool may_recall(const struct search *search, const struct engine *engine)
{
	return !search->parts_left && search->bound_asked.kind == BOUND_NONE &&
	       !(search->flags & STATES_SHORTEST) && engine->fatal_count == 0 &&
	       !engine->listener.step && !engine->listener.state &&
	       !search->query && !search->with_symmetry &&
	       !engine->runtime->world.heap.notes_unwritten;
}

/* Somebody has asked for an end while it was on its way: it was not the
 * program that kept them waiting. */
static void ignore_hang(struct engine *engine)
{
	if (!engine->ended || engine->ending.kind != END_HANG)
		return;
	engine->ended = false;
	engine->runtime->hang = false;
}

/* Whether the program can do what comes next on the path. */
static bool may_go_on(const struct search *search, const struct engine *engine)
{
	const struct frame *frame = &search->frames[engine->depth];
	struct choice choice = search->steps[frame->next - 1].choice;
	const struct runtime_state *state = &engine->runtime->state;
	const struct thread *thread = &state->threads[choice.thread];

	return !engine->ended && choice.thread < state->count &&
	       runtime_is_enabled(thread) &&
	       runtime_may_have(thread, choice.alternative);
}

/* The program has come to something else than before: places of its stacks that
 * nobody reads may have other contents, which makes no difference. From here on
 * the search is where the program is. */
static void see_whether_alike(struct search *search, struct digest was)
{
	struct digest digest = states_digest(search->states);

	if (digest.low != was.low || digest.high != was.high)
		collapsed_leave(search->collapsed);
}

/* The program goes along the path, to where the search is. Returns false if it
 * cannot: then the same schedule has done something else. */
static bool catch_up(struct search *search, struct engine *engine)
{
	uint64_t transitions = engine->transitions;
	uint64_t steps = engine->steps;

	while (engine->depth + 1 < search->count) {
		const struct frame *frame = &search->frames[engine->depth];
		struct choice choice = search->steps[frame->next - 1].choice;

		engine->runtime->entangled = 0;
		states_begin_step(search->states, engine, choice);
		states_end_step(search->states, engine);
		search->collapsed->made++;
		ignore_hang(engine);
		see_whether_alike(search, frame[1].digest);
		states_keep(search->states);
		if (!may_go_on(search, engine)) {
			engine_stop_diverged(engine);
			return false;
		}
	}
	engine->transitions = transitions;
	engine->steps = steps;
	return true;
}

/* The step is, if it is known, as it is in the state that the search is at. */
static void look_up(struct search *search, struct search_step *step)
{
	step->known = collapsed_recall(search->collapsed, step->choice.thread,
				       &step->digest);
	step->generation = search->collapsed->generation;
}

/* What is known of the steps to be made at the state arrived at is looked up at
 * once, so that what the table says of the states behind them is on its way
 * from memory all the while. */
static void look_ahead(struct search *search)
{
	const struct frame *top = state_path_top(search);

	if (!search->collapsed->on)
		return;
	for (size_t i = top->next; i < top->end; i++) {
		struct search_step *step = &search->steps[i];

		look_up(search, step);
		if (step->known)
			state_table_expect(&search->table, step->digest);
	}
}

/* What is known of parts may take a quarter of the memory, and is not worth
 * while if that is hardly anything. Otherwise it is left for good: states
 * matter more. */
static void see_room_for_parts(struct search *search)
{
	uint64_t most = search->memory_max / 4;

	if (search->memory_max == 0 || search->parts_left ||
	    (most >= PARTS_MIN && collapsed_bytes(search->collapsed) <= most))
		return;
	search->parts_left = true;
	collapsed_forget(search->collapsed);
}

void state_move_stand(struct search *search, const struct engine *engine)
{
	see_room_for_parts(search);
	if (may_recall(search, engine))
		collapsed_begin(search->collapsed, search->states, engine,
				state_path_top(search)->digest);
	look_ahead(search);
}

/* The program makes the step. */
static void make(struct search *search, struct engine *engine,
		 struct search_step step, sleeper_set asleep,
		 const struct local_step *known)
{
	struct local_step copy;

	/* Where it lies may be needed for others. */
	if (known)
		copy = *known;
	engine->runtime->entangled = 0;
	if (states_begin_step(search->states, engine, step.choice))
		state_table_expect(&search->table,
				   states_digest(search->states));
	states_end_step(search->states, engine);
	collapsed_see(search->collapsed, search->states, engine,
		      step.choice.thread, known ? &copy : NULL, step.digest);
	if (state_arrival(search, engine, step.cost, asleep)) {
		states_keep(search->states);
		state_move_stand(search, engine);
		return;
	}
	states_drop(search->states, engine);
	collapsed_back(search->collapsed);
}

/* What is known of the step is enough: returns true, and it is made. */
static bool recall(struct search *search, struct engine *engine,
		   const struct search_step *step, sleeper_set asleep)
{
	enum arrival arrival;

	if (engine->steps_max <= search->count + 1)
		return false;
	arrival = state_arrival_recalled(search, engine, step->known,
					 step->choice.thread, step->digest,
					 asleep);
	if (arrival == ARRIVED_NEWS)
		return false;
	if (arrival == ARRIVED_ON)
		look_ahead(search);
	engine->steps++;
	engine->transitions++;
	engine->shared->heartbeat++;
	return true;
}

/* One step back. */
static void move_back(struct search *search, struct engine *engine)
{
	state_path_pop(search);
	collapsed_back(search->collapsed);
	if (search->count > 0 && engine->depth >= search->count)
		states_back(search->states, engine);
}

void state_move(struct search *search, struct engine *engine)
{
	struct frame *top = state_path_top(search);
	bool compares = search->flags & STATES_PARANOID;
	struct search_step *known;
	struct search_step step;
	sleeper_set asleep;

	if (top->next == top->end) {
		move_back(search, engine);
		return;
	}
	known = &search->steps[top->next++];
	if (known->generation != search->collapsed->generation)
		look_up(search, known);
	step = *known;
	asleep = left_asleep(search, engine, top->asleep, step.choice.thread);
	if (search->sleeps && may_sleep(search, engine, step.choice.thread))
		top->asleep |= sleeper_bit(step.choice.thread);
	if (step.known && !compares && recall(search, engine, &step, asleep))
		return;
	if (catch_up(search, engine))
		make(search, engine, step, asleep,
		     compares ? step.known : NULL);
}
