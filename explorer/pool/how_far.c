/*
 * How far a search is. See how_far.h.
 */
#include "pool/how_far.h"

#include <stdio.h>
#include <string.h>

static const char *phase_name(const struct shared *shared, char *room,
			      size_t room_bytes)
{
	if (shared->phase == PHASE_LEARNING)
		return "learning what threads share";
	if (shared->rounds <= 1)
		return "searching";
	snprintf(room, room_bytes, "round %u", shared->rounds);
	return room;
}

/* There are no fewer than have been made. */
static struct guess estimate_of(const struct shared *shared)
{
	struct guess guess = {shared->estimate_low, shared->estimate_high};
	double made = (double)shared->executions;

	if (guess.high < made)
		return (struct guess){0};
	if (guess.low < made)
		guess.low = made;
	return guess;
}

void how_far_tell(struct hunt *hunt, double now)
{
	const struct search *search = hunt->search;
	const struct shared *shared = hunt->session->child.shared;
	double seconds = now - hunt->started;
	/* Runs of learning are no executions, and how many it takes is open. */
	bool searching = shared->phase != PHASE_LEARNING;
	char room[32];
	struct progress progress = {
		.phase = phase_name(shared, room, sizeof(room)),
		.executions = shared->executions,
		.executions_planned =
			searching && search->command == COMMAND_SAMPLE
				? search->runs
				: 0,
		.per_second =
			seconds > 0 ? (double)shared->executions / seconds : 0,
		.states = searching ? shared->states : 0,
		.transitions_per_second =
			seconds > 0 ? (double)shared->transitions / seconds : 0,
		.memory = shared->memory,
		.frontier = shared->frontier,
		.outcomes = hunt->found.outcomes.count,
		.findings = found_finding_count(&hunt->found),
		.fraction = searching ? shared->fraction : -1,
		.estimate = searching ? estimate_of(shared) : (struct guess){0},
		.seconds = seconds,
	};

	if (search->progress)
		search->progress(search->context, &progress);
}

void how_far_note(struct hunt *hunt)
{
	const struct shared *shared = hunt->session->child.shared;

	hunt->seen.executions = shared->executions;
	hunt->seen.states = shared->states;
	hunt->seen.transitions = shared->transitions;
	hunt->seen.steps = shared->heartbeat;
	hunt->seen.rounds = shared->rounds;
	hunt->seen.estimate = estimate_of(shared);
}

void how_far_forget(struct hunt *hunt)
{
	memset(&hunt->seen, 0, sizeof(hunt->seen));
}
