/*
 * A search under way (see hunt.h).
 */
#include "pool/hunt.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "channel/socket.h"
#include "pool/clock.h"
#include "pool/filter.h"
#include "pool/how_far.h"
#include "pool/hunt_hear.h"
#include "pool/unseen.h"

/* How long a child that was asked to stop may take to say what it has. */
#define STOP_PATIENCE_SECONDS 2.0

void hunt_init(struct hunt *hunt, const struct search *search,
	       struct session *session)
{
	*hunt = (struct hunt){.search = search, .session = session};
	hunt->started = clock_seconds();
	hunt->next_progress = hunt->started + PROGRESS_SECONDS;
	found_init(&hunt->found, session);
	listener_init(&hunt->listener, &session->child);
	unseen_in_code(hunt);
}

void hunt_forget_round(struct hunt *hunt)
{
	tree_heard_clear(&hunt->tree);
	buffer_clear(&hunt->checkpoint);
}

void hunt_forget_fatal(struct hunt *hunt)
{
	for (size_t i = 0; i < hunt->fatal_count; i++)
		schedule_fini(&hunt->fatal[i].schedule);
	hunt->fatal_count = 0;
}

void hunt_fini(struct hunt *hunt)
{
	found_fini(&hunt->found);
	tree_heard_fini(&hunt->tree);
	listener_fini(&hunt->listener);
	buffer_fini(&hunt->checkpoint);
	hunt_forget_fatal(hunt);
	free(hunt->fatal);
	done_fini(&hunt->done);
	free(hunt->unsupported);
	free(hunt->suspect);
	for (size_t i = 0; i < hunt->warning_count; i++)
		free(hunt->warnings[i]);
	free(hunt->warnings);
}

void hunt_warn(struct hunt *hunt, char *warning)
{
	void *warnings = hunt->warnings;

	memory_reserve(&warnings, &hunt->warning_capacity,
		       hunt->warning_count + 1, sizeof(*hunt->warnings));
	hunt->warnings = warnings;
	hunt->warnings[hunt->warning_count++] = warning;
}

void hunt_warn_once(struct hunt *hunt, char *warning)
{
	for (size_t i = 0; i < hunt->warning_count; i++) {
		if (strcmp(hunt->warnings[i], warning) == 0) {
			free(warning);
			return;
		}
	}
	hunt_warn(hunt, warning);
}

void hunt_stop(struct hunt *hunt, enum stop_cause cause)
{
	if (hunt->stop != STOP_NOT)
		return;
	hunt->stop = cause;
	hunt->kill_at = clock_seconds() + STOP_PATIENCE_SECONDS;
	hunt->session->child.shared->stop = 1;
}

/* What is to be done from time to time, whether there are messages or not. */
static void steer(struct hunt *hunt)
{
	double now = clock_seconds();
	double limit = hunt->search->time_limit;

	if (pool_interrupted)
		hunt_stop(hunt, STOP_INTERRUPT);
	else if (limit > 0 && now - hunt->started >= limit)
		hunt_stop(hunt, STOP_TIME);
	if (hunt->stop != STOP_NOT && now >= hunt->kill_at)
		child_kill(&hunt->session->child);
	if (now >= hunt->next_progress && !hunt->is_over) {
		hunt->next_progress = now + PROGRESS_SECONDS;
		how_far_tell(hunt, now);
	}
}

static uint32_t bound_on(const struct hunt *hunt, const char *what)
{
	const char *of = hunt->search->bound.of;

	return of && strcmp(of, what) == 0 ? hunt->bound : NO_BOUND;
}

struct visible_set hunt_visible(const struct hunt *hunt)
{
	struct witness latest = {.visible = hunt->found.visible_count};
	struct visible_set set;

	found_visible_set(&hunt->found, &latest, &set);
	return set;
}

static int send_job(struct hunt *hunt)
{
	const struct search *search = hunt->search;
	struct job job = session_job(hunt->session, JOB_SEARCH);
	struct reader reader =
		reader_of(hunt->checkpoint.data, hunt->checkpoint.length);
	struct checkpoint checkpoint = {0};
	int failed;

	if (hunt->checkpoint.length > 0)
		checkpoint_get(&reader, &checkpoint);
	if (reader.failed)
		checkpoint = (struct checkpoint){0};
	found_rewind(&hunt->found, checkpoint.outcomes, checkpoint.findings);
	job.visible = hunt->found.visible_count > 0 || !hunt->partner
			      ? hunt_visible(hunt)
			      : hunt_visible(hunt->partner);
	job.strategy = search->strategy;
	job.preemptions = bound_on(hunt, BOUND_OF_PREEMPTIONS);
	job.delays = bound_on(hunt, BOUND_OF_DELAYS);
	job.timeouts = search->timeouts;
	job.spurious = search->spurious;
	job.max_steps = search->max_steps;
	job.max_executions = search->max_executions;
	job.runs = search->runs;
	job.seed = search->seed;
	job.states_flags = search->states;
	job.states_memory = search->states_memory;
	job.learn_first = hunt->learn_first;
	job.sampling = search->command == COMMAND_SAMPLE;
	job.plain_dependence = search->plain_dependence;
	job.recheck = search->recheck;
	job.stop_at_first = search->stop_at_first || search->find;
	job.query = hunt->session->query_bytes.data;
	job.query_length = hunt->session->query_bytes.length;
	if (hunt->session->query)
		job.query_name_count =
			(uint32_t)expression_name_count(hunt->session->query);
	job.query_names = hunt->session->query_names;
	job.turn_end = hunt->turn_end;
	job.tree = search->tree != NULL;
	job.no_races = filter_hides_races(search->filter);
	job.heap_checks = search->heap_checks;
	if (filter_hides_bounds(search->filter) &&
	    !(search->heap_checks & HEAP_CHECKS_UNINITIALISED))
		job.heap_checks |= HEAP_CHECKS_NO_BOUNDS;
	job.fatal = hunt->fatal;
	job.fatal_count = (uint32_t)hunt->fatal_count;
	job.resume = checkpoint.search;
	job.resume_length = checkpoint.search_length;
	failed = child_send_job(&hunt->session->child, &job);
	visible_set_fini(&job.visible);
	return failed;
}

/* Until DONE, its turn is over, or the process has ended. */
static void listen(struct hunt *hunt)
{
	while (!hunt->is_over && !hunt->is_waiting) {
		enum heard heard = listener_hear(&hunt->listener);

		how_far_note(hunt);
		if (heard == HEARD_END)
			return;
		if (heard == HEARD_NOISE ||
		    (heard == HEARD_MESSAGE && hunt_hear(hunt) != 0)) {
			hunt->is_senseless = true;
			child_kill(&hunt->session->child);
			return;
		}
		steer(hunt);
	}
}

/* If the child is gone already, listening will tell. */
static void pursue(struct hunt *hunt)
{
	listen(hunt);
	while (!hunt->is_over && !hunt->is_waiting) {
		hunt_bury(hunt);
		if (hunt->is_over)
			return;
		send_job(hunt);
		listen(hunt);
	}
}

void hunt_run(struct hunt *hunt)
{
	send_job(hunt);
	pursue(hunt);
}

void hunt_go_on(struct hunt *hunt, uint64_t turn_end,
		const struct visible_set *visible)
{
	struct turn turn = {.end = turn_end, .grew = visible != NULL};
	struct buffer body = {0};

	if (visible)
		turn.visible = *visible;
	turn_put(&body, &turn);
	hunt->turn_end = turn_end;
	hunt->is_waiting = false;
	listener_wake(&hunt->listener);
	channel_send(hunt->session->child.socket, MESSAGE_TURN, &body);
	buffer_fini(&body);
	pursue(hunt);
}

void hunt_end(struct hunt *hunt, enum stop_cause cause)
{
	hunt_stop(hunt, cause);
	hunt_go_on(hunt, 0, NULL);
}

unsigned hunt_reasons(const struct hunt *hunt)
{
	const unsigned stopped = REASON_LIMIT | REASON_INTERRUPTED;
	unsigned reasons = hunt->reasons | hunt->done.incomplete_because;

	if (filter_hides_races(hunt->search->filter))
		reasons |= REASON_RACES_NOT_DECIDED;

	/* Where the end was reached before the request to stop came, the
	 * search is as complete as it says. */
	if (hunt->stop == STOP_NOT || (hunt->is_done && !(reasons & stopped)))
		return reasons;
	reasons &= ~stopped;
	return reasons | (hunt->stop == STOP_INTERRUPT ? REASON_INTERRUPTED
						       : REASON_LIMIT);
}
