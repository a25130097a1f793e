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
 * (engine/state.h).
 *
 *     visit(s):  if s was seen, return
 *                for each step t possible in s:
 *                        make t; visit(the state that it leads to); undo t
 *
 * Every outcome, every deadlock, every pair of accesses that are pending at a
 * time is found, since each is a fact of a state; but not how many executions
 * there are. Programs that never end are searched to the end as well, if they
 * have but so many states.
 *
 * Findings are told when they are seen, with the schedule so far: the path may
 * be left at a state that is known before any execution ends.
 */
#include "base/memory.h"
#include "engine/state.h"
#include "strategy/state_table.h"
#include "strategy/strategy.h"

/* A state on the path: steps[first..end) are possible there, those up to `next`
 * were made. */
struct frame {
	size_t first;
	size_t next;
	size_t end;
};

/* Invariant: between two steps the engine is in the state of frames[count - 1],
 * which is the topmost level of `states`. */
struct search {
	struct states *states;
	struct state_table table;
	struct frame *frames;
	size_t count;
	size_t capacity;
	struct choice *steps;
	size_t steps_capacity;
	bool begun;
	bool loaded; /* another process has begun, and was lost */
};

static void *states_search_new(const struct strategy_options *options)
{
	struct search *search = memory_new(sizeof(*search));

	(void)options;
	search->states = states_new(&(struct state_options){0});
	state_table_init(&search->table);
	return search;
}

static void states_search_delete(void *self)
{
	struct search *search = self;

	states_free(search->states);
	state_table_fini(&search->table);
	memory_free(search->frames, search->capacity * sizeof(*search->frames));
	memory_free(search->steps,
		    search->steps_capacity * sizeof(*search->steps));
	memory_free(search, sizeof(*search));
}

static void states_search_restart(void *self)
{
	struct search *search = self;

	state_table_fini(&search->table);
	state_table_init(&search->table);
	search->count = 0;
	search->begun = false;
}

/* The engine is in a state that was not seen before. */
static void push(struct search *search, const struct engine *engine)
{
	size_t first =
		search->count > 0 ? search->frames[search->count - 1].end : 0;
	size_t end = first + engine->choice_count;

	memory_reserve((void **)&search->frames, &search->capacity,
		       search->count + 1, sizeof(*search->frames));
	memory_reserve((void **)&search->steps, &search->steps_capacity, end,
		       sizeof(*search->steps));
	for (size_t i = first; i < end; i++)
		search->steps[i] = engine->choices[i - first];
	search->frames[search->count++] = (struct frame){first, first, end};
}

/* The engine has come to a state, which is the topmost level now. True if it is
 * to be gone on from. */
static bool arrive(struct search *search, struct engine *engine)
{
	bool is_new;

	engine_tell_findings(engine);
	state_table_put(&search->table, states_digest(search->states), &is_new);
	engine->states = search->table.count;
	if (!is_new)
		return false;
	if (engine->ended) {
		engine_finish_state(engine);
		return false;
	}
	push(search, engine);
	return true;
}

static void begin(struct search *search, struct engine *engine)
{
	if (search->loaded) {
		engine->transitions = 0;
		engine->steps = 0;
		engine->executions = 0;
		engine->cut = 0;
		search->loaded = false;
	}
	search->begun = true;
	states_begin(search->states, engine);
	arrive(search, engine);
}

/* One step, or one back. */
static void move(struct search *search, struct engine *engine)
{
	struct frame *top = &search->frames[search->count - 1];

	if (top->next == top->end) {
		if (--search->count > 0)
			states_back(search->states, engine);
		return;
	}
	engine_step(engine, search->steps[top->next++]);
	states_take(search->states, engine);
	if (!arrive(search, engine))
		states_back(search->states, engine);
}

static bool states_search_run(void *self, struct engine *engine, uint64_t steps)
{
	struct search *search = self;
	uint64_t steps_end = engine->steps + steps;

	if (!search->begun)
		begin(search, engine);
	while (search->count > 0 && engine->steps < steps_end &&
	       !engine_wants_pause(engine))
		move(search, engine);
	engine->shared->states = search->table.count;
	engine->shared->transitions = engine->transitions;
	engine->shared->memory = state_table_bytes(&search->table);
	engine->shared->frontier = search->count;
	return search->count == 0;
}

static double states_search_fraction(const void *self)
{
	(void)self;
	return -1;
}

/* The states seen are too many to be handed to another process four times a
 * second: it starts over. */
static void states_search_save(const void *self, struct buffer *buffer)
{
	const struct search *search = self;

	buffer_put_u32(buffer, search->begun);
}

static void states_search_load(void *self, struct reader *reader)
{
	struct search *search = self;

	search->loaded = reader_u32(reader);
}

const struct strategy strategy_states = {
	.name = "states",
	.new = states_search_new,
	.delete = states_search_delete,
	.restart = states_search_restart,
	.run = states_search_run,
	.fraction = states_search_fraction,
	.save = states_search_save,
	.load = states_search_load,
};
