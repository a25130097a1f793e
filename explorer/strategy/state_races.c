/*
 * Races where tries for mutexes fail. See state_races.h.
 */
#include "strategy/state_races.h"

#include "channel/job_message.h"
#include "channel/message.h"
#include "strategy/weakness.h"

bool state_races_are_open(const struct search *search,
			  const struct engine *engine)
{
	const struct engine_listener *listener = &engine->listener;

	return search->weak == WEAKNESS_TRIES && search->plain &&
	       !search->full && !search->cut && !search->filter.words &&
	       !search->query && !search->with_symmetry &&
	       search->bound.kind == BOUND_NONE && !engine->no_races &&
	       engine->fatal_count == 0 && engine->incomplete_because == 0 &&
	       !(search->flags & (STATES_SHORTEST | STATES_PARANOID)) &&
	       !listener->step && !listener->state;
}

/* Whether the execution was stopped where the program would have gone on. */
static bool was_stopped(const struct engine *engine)
{
	return engine->ended && (engine->ending.kind == END_LIMIT ||
				 engine->ending.kind == END_HANG);
}

void state_races_see(struct search *search, const struct engine *engine)
{
	const struct findings *findings = &engine->findings;

	search->undecided |= was_stopped(engine);
	for (size_t i = findings->path_count; i-- > 0;) {
		const struct finding_entry *entry =
			&findings->at[findings->path[i].id];

		if (findings->path[i].depth < engine->depth)
			break;
		search->undecided |=
			entry->kind == FINDING_DATA_RACE && entry->told == 0;
	}
}

void state_races_decide(const struct search *search, struct engine *engine)
{
	engine->runtime->tries_fail = false;
	engine->states = search->states_before;
	engine->transitions = search->transitions_before;
	engine->shared->states = engine->states;
	engine->shared->transitions = engine->transitions;
	if (search->undecided || (search->weak & WEAKNESS_OTHER) ||
	    search->full || search->filter.words)
		engine->incomplete_because |= REASON_RACES_NOT_DECIDED;
}
