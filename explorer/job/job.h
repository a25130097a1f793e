/*
 * What the command asks of a program under test, carried out in the program's
 * own process.
 */
#ifndef EXPLORER_JOB_JOB_H
#define EXPLORER_JOB_JOB_H

#include "channel/job_message.h"
#include "channel/message.h"
#include "channel/shared.h"
#include "engine/engine.h"
#include "runtime/runtime.h"

/* The program's end of the channel. */
struct link {
	int socket;
	struct shared *shared;
	struct buffer body; /* of the message being put together */
};

/* Opens the channel that the environment's value ("SOCKET,MEMORY") names.
 * Returns 0, or -1 with errno. */
int link_open(struct link *link, const char *value);

/* Tells the command which modules there are. */
void link_hello(struct link *link, const struct modules *modules);

/* Sends the message in link->body; the process ends if nobody listens. */
void link_send(struct link *link, enum message_type type);

/* Takes jobs until the command closes the channel, then ends the process. The
 * runtime is set up, and main is ready to start. */
_Noreturn void job_serve(struct link *link, struct runtime *runtime);

/* Ends the process at once, without anything of the program's running. */
_Noreturn void job_quit(int status);

/* For the parts of job/. --------------------------------------------------- */

/* A job under way. */
struct task {
	struct link *link;
	struct runtime *runtime;
	struct engine *engine;
	const struct job *job;
	uint32_t rounds;
	uint32_t learned_told; /* LEARNED messages since the last VISIBLE */
	uint64_t turn_end;     /* as job.turn_end: of the turn under way */
	bool told_to_stop;     /* by an ACK */
	struct buffer events;  /* STEPs not sent yet */
	struct buffer spins;   /* those that come next if another step does */
	/* JOB_FOLLOW */
	bool diverged;
	uint64_t diverged_step;
};

/* job/search.c, job/follow.c */
void task_search(struct task *task);
void task_follow(struct task *task);
/* Whether the command, or what the program has done, ends the job early. */
bool task_must_stop(const struct task *task);

/* job/learn.c: adds what a few random executions show to be shared to the set
 * of visible memory. Leaves no findings and no counts. */
void task_learn(struct task *task);

/* job/visible.c: the set of visible memory as the command says it, and back. */
void task_take_visible(struct task *task, const struct visible_set *set);
/* Adds what was learned; true if the set grew. */
bool task_merge_learned(struct task *task);
void task_send_visible(struct task *task);
/* From now on the command hears at once of what is learned, if it is to: the
 * execution that has taught it may kill the process. */
void task_tell_learned(struct task *task, bool on);

/* job/tree.c: has the command told of the search's tree. */
void task_listen_to_tree(struct task *task);

/* job/tell.c, job/tell_finding.c: listeners that tell the command, and the last
 * word. */
void task_tell_outcome(void *context, uint32_t id);
void task_tell_finding(void *context, uint32_t id);
void task_tell_step(void *context, const struct event *event);
void task_flush_steps(struct task *task);
void task_tell_done(struct task *task);

#endif
