/*
 * One schedule, run again.
 */
#include "pool/follow.h"

#include <stdlib.h>
#include <string.h>

#include "base/diagnostic.h"
#include "pool/clock.h"
#include "pool/death.h"
#include "pool/listener.h"
#include "pool/naming.h"

/* Who presses Ctrl-C waits no longer than this for an end. */
#define INTERRUPTED_SECONDS 2.0

enum progress_state { STATE_GOING, STATE_DONE, STATE_SENSELESS };

static enum progress_state sense(bool is_senseless)
{
	return is_senseless ? STATE_SENSELESS : STATE_GOING;
}

static bool event_is_sound(const struct event *event)
{
	return event->op < OP_COUNT && event->order <= ORDER_PLAIN &&
	       event->object.kind <= LOCATION_ABSOLUTE &&
	       event->source.kind <= LOCATION_ABSOLUTE;
}

static enum progress_state take_steps(const struct follow_request *request,
				      const struct buffer *body)
{
	struct event event;

	for (size_t at = 0; at + sizeof(event) <= body->length;
	     at += sizeof(event)) {
		memcpy(&event, body->data + at, sizeof(event));
		if (!event_is_sound(&event))
			return STATE_SENSELESS;
		request->step(request->context, &event);
	}
	return sense(body->length % sizeof(event) != 0);
}

static enum progress_state take_outcome(const struct session *session,
					struct reader *reader,
					struct followed *followed)
{
	struct outcome_message message;
	int failed = -1;

	outcome_get(reader, &message);
	if (!reader->failed && !followed->has_outcome)
		failed = outcome_named(session, &message, &followed->outcome);
	followed->has_outcome |= !failed;
	outcome_message_fini(&message);
	return sense(failed);
}

static enum progress_state take_finding(const struct session *session,
					struct reader *reader,
					struct followed *followed)
{
	struct finding_message message;
	struct found_finding item = {0};

	finding_get(reader, &message);
	if (!reader->failed) {
		item.finding = finding_named(session, &message);
		finding_list_add(&followed->findings, item);
	}
	finding_message_fini(&message);
	return sense(reader->failed);
}

static enum progress_state take_unsupported(struct reader *reader,
					    struct followed *followed)
{
	struct unsupported unsupported;

	unsupported_get(reader, &unsupported);
	if (!followed->unsupported)
		followed->unsupported = string_copy(unsupported.function);
	unsupported_fini(&unsupported);
	return sense(reader->failed);
}

static enum progress_state take_done(struct reader *reader,
				     struct followed *followed)
{
	struct done done;

	done_get(reader, &done);
	followed->diverged = done.diverged;
	followed->diverged_step = done.diverged_step;
	done_fini(&done);
	return reader->failed ? STATE_SENSELESS : STATE_DONE;
}

static enum progress_state take_message(const struct session *session,
					const struct follow_request *request,
					const struct listener *listener,
					struct followed *followed)
{
	const struct buffer *body = &listener->body;
	struct reader reader = reader_of(body->data, body->length);

	switch (listener->type) {
	case MESSAGE_STEP:
		return take_steps(request, body);
	case MESSAGE_OUTCOME:
		return take_outcome(session, &reader, followed);
	case MESSAGE_FINDING:
		return take_finding(session, &reader, followed);
	case MESSAGE_UNSUPPORTED:
		return take_unsupported(&reader, followed);
	case MESSAGE_DONE:
		return take_done(&reader, followed);
	case MESSAGE_VISIBLE:
	case MESSAGE_CHECKPOINT:
	case MESSAGE_UNCONTROLLED:
		return STATE_GOING;
	case MESSAGE_LEARNED:
	case MESSAGE_HELLO:
	case MESSAGE_TREE:
	case MESSAGE_TURN:
	case MESSAGE_JOB:
	case MESSAGE_ACK:
		break;
	}
	return STATE_SENSELESS;
}

static int send_job(struct session *session,
		    const struct follow_request *request)
{
	struct job job = session_job(session, JOB_FOLLOW);

	job.strategy = request->strategy ? request->strategy : "";
	job.visible = *request->visible;
	job.schedule = *request->schedule;
	job.max_steps = request->max_steps;
	job.livelock = request->livelock;
	job.is_query = request->is_query;
	job.heap_checks = request->heap_checks;
	job.fatal_count = request->fatal ? 1 : 0;
	/* Only read; the job is not freed. */
	job.fatal = (struct fatal *)(uintptr_t)request->fatal;
	return child_send_job(&session->child, &job);
}

/* True once it is later than *until, which the user's interruption sets if
 * nothing else has. */
static bool is_out_of_time(double *until)
{
	if (pool_interrupted && *until == 0)
		*until = clock_seconds() + INTERRUPTED_SECONDS;
	return *until > 0 && clock_seconds() >= *until;
}

/* Returns -1 if time was up. */
static int listen(const struct session *session,
		  const struct follow_request *request,
		  struct listener *listener, struct followed *followed)
{
	enum progress_state state = STATE_GOING;
	double until = request->until;

	while (state == STATE_GOING) {
		enum heard heard = listener_hear(listener);

		if (heard == HEARD_END) {
			followed->died = true;
			return 0;
		}
		if (is_out_of_time(&until))
			return -1;
		if (heard == HEARD_NOISE)
			state = STATE_SENSELESS;
		else if (heard == HEARD_MESSAGE)
			state = take_message(session, request, listener,
					     followed);
		if (state == STATE_SENSELESS)
			child_kill(listener->child);
	}
	followed->died = state != STATE_DONE;
	return 0;
}

static void note_death(const struct listener *listener,
		       struct followed *followed)
{
	struct outcome death = death_outcome(listener);

	followed->fatal = death_fatal(listener->child->shared, &death);
	if (followed->has_outcome)
		outcome_fini(&death);
	else
		followed->outcome = death;
	followed->has_outcome = true;
}

int follow(struct session *session, const struct follow_request *request,
	   struct followed *ret_followed)
{
	struct followed followed = {0};
	struct listener listener;
	int failed;

	if (child_has_ended(&session->child) && session_restart(session) != 0)
		return -1;
	session->child.shared->stop = 0;
	listener_init(&listener, &session->child);
	/* If the child is gone already, listening will tell. */
	send_job(session, request);
	failed = listen(session, request, &listener, &followed);
	if (!failed && followed.died)
		note_death(&listener, &followed);
	listener_fini(&listener);
	if (failed || followed.died)
		child_end(&session->child);
	if (failed)
		followed_fini(&followed);
	else
		*ret_followed = followed;
	return failed;
}

void followed_fini(struct followed *followed)
{
	outcome_fini(&followed->outcome);
	finding_list_fini(&followed->findings);
	free(followed->unsupported);
	schedule_fini(&followed->fatal.schedule);
	*followed = (struct followed){0};
}
