/*
 * What is left when a process has died: the schedule in shared memory, up to
 * its length, is what it died of. It is recorded, and a new process goes on
 * from the last checkpoint, where that schedule counts as explored.
 *
 *     child 1   ... checkpoint ... outcome ... dies
 *     command        rewind to the checkpoint, fatal += schedule
 *     child 2        checkpoint ... outcome ... (fatal: reported, not run) ...
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "pool/death.h"
#include "pool/how_far.h"
#include "pool/hunt.h"
#include "pool/naming.h"

/* How the library's message about its own memory begins. */
#define MEMORY_MESSAGE "explorer: out of memory"

/* Gives up on the search: it ends incomplete. */
static void give_up(struct hunt *hunt, unsigned reasons, char *warning)
{
	hunt->reasons |= reasons;
	hunt->is_over = true;
	if (warning)
		hunt_warn(hunt, warning);
}

/* Takes over *outcome. A `passing` execution is none of the search's last
 * round, which will get there. */
static void record_death(struct hunt *hunt, struct outcome *outcome,
			 const struct schedule *schedule, bool passing)
{
	struct finding finding = {.kind = FINDING_CRASH,
				  .message = string_copy(outcome->message),
				  .count = passing ? 0 : 1};

	if (outcome->end == END_HANG) {
		hunt->reasons |= REASON_HANG;
		finding_fini(&finding);
	} else {
		found_add_finding(&hunt->found, &finding, schedule, true);
	}
	if (passing)
		outcome_fini(outcome);
	else
		found_add_outcome(&hunt->found, outcome, schedule, true);
}

static bool is_known(const struct hunt *hunt, const struct fatal *fatal)
{
	size_t length = fatal->schedule.length;

	for (size_t i = 0; i < hunt->fatal_count; i++) {
		const struct schedule *known = &hunt->fatal[i].schedule;

		if (known->length == length &&
		    memcmp(known->at, fatal->schedule.at,
			   length * sizeof(*known->at)) == 0)
			return true;
	}
	return false;
}

/* Takes over *fatal. */
static void remember(struct hunt *hunt, struct fatal *fatal)
{
	void *all = hunt->fatal;

	memory_reserve(&all, &hunt->fatal_capacity, hunt->fatal_count + 1,
		       sizeof(*hunt->fatal));
	hunt->fatal = all;
	hunt->fatal[hunt->fatal_count++] = *fatal;
	*fatal = (struct fatal){0};
}

static bool died_of_memory(const struct hunt *hunt)
{
	char *line = child_net_line(&hunt->session->child);
	bool found = line &&
		     strncmp(line, MEMORY_MESSAGE, strlen(MEMORY_MESSAGE)) == 0;

	free(line);
	return found;
}

/* True if another process may get further than this one. */
static bool is_worth_another(struct hunt *hunt, const struct fatal *fatal,
			     bool passing)
{
	if (!passing && !death_is_recorded(hunt->session->child.shared)) {
		give_up(hunt, REASON_LIMIT,
			text_format("the program has overwritten the record of "
				    "what it was doing when it died"));
		return false;
	}
	if (!passing && fatal->schedule.length == 0) {
		give_up(hunt, REASON_LIMIT,
			text_format("the process dies before the first step of "
				    "an execution, so there is nothing to "
				    "search"));
		return false;
	}
	if (!passing && is_known(hunt, fatal)) {
		give_up(hunt, REASON_LIMIT,
			text_format("a schedule that was known to kill the "
				    "process killed it again"));
		return false;
	}
	if (hunt->deaths >= DEATHS_MAX) {
		give_up(hunt, REASON_LIMIT,
			text_format("the process died %u times; the search was "
				    "given up",
				    hunt->deaths));
		return false;
	}
	return true;
}

static void go_on(struct hunt *hunt)
{
	listener_fini(&hunt->listener);
	if (session_restart(hunt->session) != 0)
		give_up(hunt, REASON_LIMIT,
			text_format("the process could not be started again"));
	listener_init(&hunt->listener, &hunt->session->child);
}

/* A run that hangs takes seconds, so one of them is enough: what it would have
 * taught is learned in rounds. */
static uint64_t next_learning_run(const struct hunt *hunt,
				  const struct shared *shared)
{
	return hunt->listener.killed_for_hang ? UINT64_MAX : shared->run + 1;
}

static bool was_learning(const struct shared *shared)
{
	return death_is_recorded(shared) && shared->phase == PHASE_LEARNING;
}

/* What another process has to be told so that it does not die of the same.
 * Takes over *fatal. */
static void draw_lessons(struct hunt *hunt, struct fatal *fatal, bool learned)
{
	const struct shared *shared = hunt->session->child.shared;

	/* Schedules of learning mean nothing with the final visible set. */
	if (was_learning(shared))
		hunt->learn_first = next_learning_run(hunt, shared);
	else if (learned)
		hunt->learn_first = UINT64_MAX;
	else
		remember(hunt, fatal);
	if (learned) {
		hunt_forget_round(hunt);
		hunt_forget_fatal(hunt);
	}
}

void hunt_bury(struct hunt *hunt)
{
	const struct shared *shared = hunt->session->child.shared;
	bool learning = was_learning(shared);
	bool learned;
	struct outcome outcome;
	struct fatal fatal;

	/* Killed by us, since it did not stop when asked to; or it ended once
	 * it had said that it could not go on. */
	if (hunt->stop != STOP_NOT || hunt->unsupported) {
		give_up(hunt, 0, NULL);
		return;
	}
	if (hunt->is_senseless) {
		give_up(hunt, REASON_LIMIT,
			text_format("the search was given up: what the process "
				    "sends makes no sense, so its memory may "
				    "be corrupt"));
		return;
	}
	if (died_of_memory(hunt)) {
		give_up(hunt, REASON_MEMORY, NULL);
		return;
	}
	if (!death_is_recorded(shared))
		how_far_forget(hunt);
	/* Each run of learning is made once, whatever comes of it. */
	hunt->deaths += !learning;
	outcome = death_outcome(&hunt->listener);
	fatal = death_fatal(shared, &outcome);
	/* The finding is of the set that it was made with. */
	record_death(hunt, &outcome, &fatal.schedule,
		     learning || hunt->found.learned_count > 0);
	learned = found_take_learned(&hunt->found);
	if (is_worth_another(hunt, &fatal, learning || learned)) {
		draw_lessons(hunt, &fatal, learned);
		go_on(hunt);
	}
	schedule_fini(&fatal.schedule);
}
