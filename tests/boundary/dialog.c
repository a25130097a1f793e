/*
 * See dialog.h.
 */
#include "boundary/dialog.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "channel/job_message.h"
#include "channel/report_message.h"
#include "channel/socket.h"

void dialog_open(const char *executable, const char *const *watches,
		 struct dialog *ret_dialog)
{
	struct session_options options = {
		.child = {.program = &ret_dialog->program, .output = -1},
		.watches = watches,
		.blame = "",
	};

	*ret_dialog =
		(struct dialog){.program = {.name = (char *)executable,
					    .executable = (char *)executable}};
	while (watches[options.watch_count])
		options.watch_count++;
	cr_assert(zero(int, session_open(&options, &ret_dialog->session)));
}

void dialog_close(struct dialog *dialog)
{
	session_close(&dialog->session);
}

struct job dialog_search(const struct dialog *dialog, const char *strategy)
{
	struct job job = session_job(&dialog->session, JOB_SEARCH);

	job.strategy = strategy;
	job.preemptions = NO_BOUND;
	job.delays = NO_BOUND;
	job.max_steps = 100000;
	job.runs = 500;
	job.seed = 1;
	return job;
}

struct job dialog_follow(const struct dialog *dialog,
			 const struct schedule *schedule,
			 const struct visible_set *visible)
{
	struct job job = session_job(&dialog->session, JOB_FOLLOW);

	job.strategy = "";
	job.max_steps = 100000;
	job.schedule = *schedule;
	job.visible = *visible;
	return job;
}

static void add(struct buffer **list, size_t *count, const struct buffer *body)
{
	*list = realloc(*list, (*count + 1) * sizeof(**list));
	(*list)[*count] = (struct buffer){0};
	buffer_put(&(*list)[*count], body->data, body->length);
	(*count)++;
}

static void replace(struct buffer *kept, const struct buffer *body)
{
	buffer_clear(kept);
	buffer_put(kept, body->data, body->length);
}

static void hear_done(struct heard *heard, const struct buffer *body)
{
	struct reader reader;

	replace(&heard->done_body, body);
	reader = reader_of(heard->done_body.data, heard->done_body.length);
	done_get(&reader, &heard->done);
	cr_assert(not(reader.failed));
}

static void hear(struct heard *heard, enum message_type type,
		 const struct buffer *body)
{
	switch (type) {
	case MESSAGE_VISIBLE:
		replace(&heard->visible, body);
		break;
	case MESSAGE_OUTCOME:
		add(&heard->outcomes, &heard->outcome_count, body);
		break;
	case MESSAGE_FINDING:
		add(&heard->findings, &heard->finding_count, body);
		break;
	case MESSAGE_CHECKPOINT:
		replace(&heard->checkpoint, body);
		break;
	case MESSAGE_STEP:
		buffer_put(&heard->steps, body->data, body->length);
		break;
	case MESSAGE_DONE:
		hear_done(heard, body);
		break;
	case MESSAGE_LEARNED:
		break;
	case MESSAGE_HELLO:
	case MESSAGE_JOB:
	case MESSAGE_ACK:
	case MESSAGE_UNSUPPORTED:
	case MESSAGE_TREE:
	case MESSAGE_TURN:
	case MESSAGE_UNCONTROLLED:
		cr_fatal("message %d", type);
	}
}

enum interruption { INTERRUPT_NOT, INTERRUPT_KILL, INTERRUPT_STOP };

static void ask(struct dialog *dialog, const struct job *job,
		enum interruption interruption, struct heard *heard)
{
	struct child *child = &dialog->session.child;
	enum message_type type = MESSAGE_HELLO;
	struct buffer body = {0};

	*heard = (struct heard){0};
	cr_assert(zero(int, child_send_job(child, job)));
	while (type != MESSAGE_DONE && !heard->died) {
		if (channel_receive(child->socket, &type, &body) != 1) {
			heard->died = true;
			break;
		}
		hear(heard, type, &body);
		if (type == MESSAGE_CHECKPOINT &&
		    interruption == INTERRUPT_KILL) {
			child_kill(child);
			heard->died = true;
		}
		if (type == MESSAGE_OUTCOME && interruption == INTERRUPT_STOP)
			child->shared->stop = 1;
	}
	buffer_fini(&body);
}

void dialog_ask(struct dialog *dialog, const struct job *job,
		struct heard *ret_heard)
{
	ask(dialog, job, INTERRUPT_NOT, ret_heard);
	cr_assert(not(ret_heard->died));
}

void dialog_ask_and_kill(struct dialog *dialog, const struct job *job,
			 struct heard *ret_heard)
{
	ask(dialog, job, INTERRUPT_KILL, ret_heard);
	cr_assert(ret_heard->died);
}

void dialog_ask_and_stop(struct dialog *dialog, const struct job *job,
			 struct heard *ret_heard)
{
	ask(dialog, job, INTERRUPT_STOP, ret_heard);
	cr_assert(not(ret_heard->died));
}

static void list_fini(struct buffer *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_fini(&list[i]);
	free(list);
}

void heard_fini(struct heard *heard)
{
	list_fini(heard->outcomes, heard->outcome_count);
	list_fini(heard->findings, heard->finding_count);
	buffer_fini(&heard->steps);
	buffer_fini(&heard->visible);
	buffer_fini(&heard->checkpoint);
	done_fini(&heard->done);
	buffer_fini(&heard->done_body);
}

struct visible_set heard_visible(const struct heard *heard)
{
	struct reader reader =
		reader_of(heard->visible.data, heard->visible.length);
	struct visible_set set;

	visible_set_get(&reader, &set);
	cr_assert(not(reader.failed));
	return set;
}

struct outcome_message heard_outcome(const struct heard *heard, size_t index)
{
	const struct buffer *body = &heard->outcomes[index];
	struct reader reader = reader_of(body->data, body->length);
	struct outcome_message outcome;

	outcome_get(&reader, &outcome);
	cr_assert(not(reader.failed));
	return outcome;
}

void job_resume(struct job *job, const struct heard *heard)
{
	struct reader reader =
		reader_of(heard->checkpoint.data, heard->checkpoint.length);
	struct checkpoint checkpoint;

	cr_assert(gt(sz, heard->checkpoint.length, 0), "no checkpoint");
	checkpoint_get(&reader, &checkpoint);
	cr_assert(not(reader.failed));
	job->resume = checkpoint.search;
	job->resume_length = checkpoint.search_length;
	job->visible = heard_visible(heard);
}
