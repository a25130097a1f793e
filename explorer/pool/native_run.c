/*
 * One run of the program on real threads (see native_run.h).
 */
#include "pool/native_run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diagnostic.h"
#include "base/text.h"
#include "channel/socket.h"
#include "pool/clock.h"
#include "pool/found.h"
#include "pool/naming.h"
#include "pool/output.h"
#include "pool/sentence.h"

#define TICK_MS		   50
#define LAST_PAUSE_SECONDS 0.0005

/* A run under way. */
struct run {
	const struct native_options *options;
	struct session *session;
	struct output output;
	struct outcome outcome;
	double until;
	bool was_told; /* what the watched values are */
	bool hears;    /* the library may have something to say yet */
	bool has_ended;
	bool has_hung;
};

/* Receives what the library says; false at the end of the stream. */
static bool hear(struct session *session, struct outcome *outcome,
		 bool *was_told)
{
	struct buffer body = {0};
	enum message_type type;
	struct outcome_message message;
	struct outcome told;
	bool heard = channel_receive(session->child.socket, &type, &body) == 1;

	if (heard && type == MESSAGE_OUTCOME) {
		struct reader reader = reader_of(body.data, body.length);

		outcome_get(&reader, &message);
		if (!reader.failed &&
		    outcome_named(session, &message, &told) == 0) {
			outcome_fini(outcome);
			*outcome = told;
			*was_told = true;
		}
		outcome_message_fini(&message);
	}
	buffer_fini(&body);
	return heard;
}

/* Waits until something is there, or a tick is over. */
static void wait_for_news(const struct run *run)
{
	const struct output *output = &run->output;
	struct pollfd polled[2] = {
		{.fd = output->is_at_end ? -1 : output->pipe, .events = POLLIN},
		{.fd = run->hears ? run->session->child.socket : -1,
		 .events = POLLIN},
	};

	/* With both closed nothing would wake us at the end. */
	if (output->is_at_end && !run->hears)
		clock_pause(LAST_PAUSE_SECONDS);
	else
		poll(polled, 2, TICK_MS);
}

/* Takes what is there. */
static void take_news(struct run *run)
{
	struct session *session = run->session;

	output_read(&run->output);
	while (run->hears && channel_wait(session->child.socket, 0) != 0)
		run->hears = hear(session, &run->outcome, &run->was_told);
}

static void look_at_process(struct run *run)
{
	struct child *child = &run->session->child;
	double timeout = run->options->timeout;

	run->has_ended = child_has_ended(child);
	if (run->has_ended)
		return;
	run->has_hung = timeout > 0 && clock_seconds() >= run->until;
	if (run->has_hung || pool_interrupted) {
		child_kill(child);
		run->has_ended = true;
	}
}

static void watch(struct run *run)
{
	run->until = clock_seconds() + run->options->timeout;
	while (!run->has_ended) {
		wait_for_news(run);
		take_news(run);
		run->options->tick(run->options->context);
		look_at_process(run);
	}
	/* What was on its way when the process ended. */
	take_news(run);
}

/* A file descriptor to write to and one to read from, the latter without
 * waiting. */
static int open_pipe(int *ret_read, int *ret_write)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0) {
		complain("cannot make a pipe: %s", strerror(errno));
		return -1;
	}
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	*ret_read = ends[0];
	*ret_write = ends[1];
	return 0;
}

static int start(const struct native_options *options, struct session *session,
		 int output)
{
	struct session_options first = options->session;

	first.child.output = output;
	if (options->is_bare) {
		session->options = first.child;
		return child_start(&first.child, &session->child);
	}
	if (!session->symbols)
		return session_open(&first, session);
	session->options.output = output;
	return session_restart(session);
}

static void send_job(const struct native_options *options,
		     struct session *session)
{
	struct job job = session_job(session, JOB_NATIVE);

	if (!options->is_bare)
		child_send_job(&session->child, &job);
}

static void tell_end(int status, struct outcome *outcome)
{
	outcome->has_status = true;
	if (WIFEXITED(status)) {
		outcome->end = END_EXIT;
		outcome->status = WEXITSTATUS(status);
		return;
	}
	outcome->status = WTERMSIG(status);
	outcome->end = outcome->status == SIGABRT ? END_ABORT : END_CRASH;
}

static void tell_failure(struct outcome *outcome)
{
	struct source_place place = {0};
	struct failure failure = {.place = &place, .status = outcome->status};
	char *assertion = outcome->end == END_ABORT
				  ? assertion_in_output(outcome, &place)
				  : NULL;

	if (assertion) {
		outcome->end = END_ASSERTION;
		failure.message = assertion;
	}
	free(outcome->message);
	outcome->message = sentence_of_end(NULL, outcome->end, &failure);
	source_place_free(&place);
	free(assertion);
}

/* Says how it ended, besides what the library told. */
static void tell(struct run *run)
{
	struct outcome *outcome = &run->outcome;

	outcome->count = 1;
	output_give(&run->output, outcome);
	if (run->has_hung) {
		outcome->end = END_HANG;
		outcome->has_status = false;
	} else {
		tell_end(run->session->child.wait_status, outcome);
		tell_failure(outcome);
	}
	outcome->unexpected =
		run->was_told &&
		expectation_is_contradicted(run->session->expectation, outcome);
}

int native_run(const struct native_options *options, struct session *session,
	       struct outcome *ret_outcome)
{
	struct run run = {.options = options,
			  .session = session,
			  .hears = !options->is_bare};
	int pipe;
	int write_end;
	int failed;

	if (open_pipe(&pipe, &write_end) != 0)
		return -1;
	output_init(&run.output, pipe);
	failed = start(options, session, write_end);
	close(write_end);
	if (!failed) {
		send_job(options, session);
		watch(&run);
		tell(&run);
		child_end(&session->child);
		failed = pool_interrupted ? -1 : 0;
	}
	output_fini(&run.output);
	if (failed)
		outcome_fini(&run.outcome);
	else
		*ret_outcome = run.outcome;
	return failed;
}
