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
#include "base/hash.h"
#include "base/text.h"
#include "channel/socket.h"
#include "pool/clock.h"
#include "pool/found.h"
#include "pool/naming.h"
#include "pool/sentence.h"

#define TICK_MS 50

/* Invariants: the first OUTPUT_KEPT bytes are in `kept`; `block` holds the
 * last total % OUTPUT_KEPT bytes; digest is that of all blocks before. */
struct output {
	int pipe;
	bool is_at_end;
	struct buffer kept;
	struct buffer block;
	uint64_t total;
	uint64_t digest;
};

static void output_take(struct output *output, const uint8_t *bytes,
			size_t length)
{
	output->total += length;
	while (length > 0) {
		size_t room = OUTPUT_KEPT - output->block.length;
		size_t piece = length < room ? length : room;

		buffer_put(&output->block, bytes, piece);
		bytes += piece;
		length -= piece;
		if (output->block.length < OUTPUT_KEPT)
			continue;
		/* Whole blocks, so that the digest does not depend on how the
		 * pipe cuts the output into pieces. */
		output->digest = hash_bytes(output->block.data, OUTPUT_KEPT,
					    output->digest);
		if (output->kept.length == 0)
			buffer_put(&output->kept, output->block.data,
				   OUTPUT_KEPT);
		buffer_clear(&output->block);
	}
}

/* Takes what is there now. */
static void output_read(struct output *output)
{
	uint8_t piece[4096];

	while (!output->is_at_end) {
		ssize_t got = read(output->pipe, piece, sizeof(piece));

		if (got > 0)
			output_take(output, piece, (size_t)got);
		else if (got == 0 || (errno != EAGAIN && errno != EINTR))
			output->is_at_end = true;
		else if (errno == EAGAIN)
			return;
	}
}

/* Moves it into the outcome. */
static void output_end(struct output *output, struct outcome *outcome)
{
	struct buffer *kept =
		output->kept.length ? &output->kept : &output->block;

	if (output->total > kept->length) {
		outcome->output_total = output->total;
		outcome->output_digest =
			hash_bytes(output->block.data, output->block.length,
				   output->digest);
	}
	free(outcome->output);
	outcome->output = kept->data;
	outcome->output_length = kept->length;
	*kept = (struct buffer){0};
	buffer_fini(&output->kept);
	buffer_fini(&output->block);
}

/* Receives what the library says; false at the end of the stream. */
static bool hear(struct session *session, struct outcome *outcome)
{
	struct buffer body = {0};
	enum message_type type;
	struct reader reader;
	struct outcome_message message;
	struct outcome told;
	bool heard = channel_receive(session->child.socket, &type, &body) == 1;

	if (heard && type == MESSAGE_OUTCOME) {
		reader = reader_of(body.data, body.length);
		outcome_get(&reader, &message);
		if (!reader.failed &&
		    outcome_named(session, &message, &told) == 0) {
			outcome_fini(outcome);
			*outcome = told;
		}
		outcome_message_fini(&message);
	}
	buffer_fini(&body);
	return heard;
}

/* Waits until something is there, or a tick is over. */
static void wait_for_news(const struct output *output, int socket)
{
	struct pollfd polled[2] = {
		{.fd = output->is_at_end ? -1 : output->pipe, .events = POLLIN},
		{.fd = socket, .events = POLLIN},
	};

	poll(polled, 2, TICK_MS);
}

/* Watches the run until its end. True if it had to be ended. */
static bool watch_run(const struct native_options *options,
		      struct session *session, struct output *output,
		      struct outcome *outcome)
{
	struct child *child = &session->child;
	double until = clock_seconds() + options->timeout;
	bool hears = !options->is_bare;
	bool ended = false;

	while (!ended || hears) {
		if (!ended)
			wait_for_news(output, hears ? child->socket : -1);
		output_read(output);
		if (hears && channel_wait(child->socket, 0) != 0)
			hears = hear(session, outcome);
		else if (ended)
			hears = false;
		if (ended)
			continue;
		options->tick(options->context);
		ended = child_has_ended(child);
		if (!ended && options->timeout > 0 &&
		    clock_seconds() >= until) {
			child_kill(child);
			output_read(output);
			return true;
		}
		if (!ended && pool_interrupted)
			child_kill(child);
		if (!ended && output->is_at_end && !hears)
			clock_pause(0.0005);
	}
	output_read(output);
	return false;
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

int native_run(const struct native_options *options, struct session *session,
	       struct outcome *ret_outcome)
{
	struct output output = {0};
	struct outcome outcome = {0};
	struct job job;
	int write_end;
	bool hung;

	if (open_pipe(&output.pipe, &write_end) != 0)
		return -1;
	if (start(options, session, write_end) != 0) {
		close(output.pipe);
		close(write_end);
		return -1;
	}
	close(write_end);
	if (!options->is_bare) {
		job = session_job(session, JOB_NATIVE);
		child_send_job(&session->child, &job);
	}
	hung = watch_run(options, session, &output, &outcome);
	close(output.pipe);
	outcome.count = 1;
	output_end(&output, &outcome);
	if (hung) {
		outcome.end = END_HANG;
		outcome.has_status = false;
	} else {
		tell_end(session->child.wait_status, &outcome);
		tell_failure(&outcome);
	}
	outcome.unexpected =
		expectation_is_contradicted(session->expectation, &outcome);
	child_end(&session->child);
	if (pool_interrupted) {
		outcome_fini(&outcome);
		return -1;
	}
	*ret_outcome = outcome;
	return 0;
}
