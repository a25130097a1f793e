/*
 * One process of the program under test, as its parent sees it: how it is
 * started, greeted, watched and ended.
 *
 *     command                         child
 *     socket   <──── messages ────>   EXPLORER_CHANNEL=S,M
 *     shared   <──── M, mapped ────   the schedule under way
 *     net      <──── 1 and 2 ──────   what is written before the take-over
 *
 * The child stands in a process group of its own, so that a Ctrl-C on the
 * terminal reaches the command alone, and dies with the command.
 */
#ifndef EXPLORER_POOL_CHILD_H
#define EXPLORER_POOL_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "channel/job_message.h"
#include "channel/message.h"
#include "channel/shared.h"
#include "pool/pool.h"

/* Invariants:
 * 1. pid is 0 if and only if no process is left to wait for.
 * 2. socket and net are -1, shared is NULL, once child_end() has run. */
struct child {
	pid_t pid;
	int socket;
	int net; /* a memory file; -1: output goes elsewhere */
	struct shared *shared;
	int wait_status; /* as waitpid() gave it, once pid is 0 */
};

struct child_options {
	const struct program *program;
	int output;	     /* descriptor for 1 and 2; -1: the net */
	const char *preload; /* for LD_PRELOAD; NULL: none */
	bool is_native; /* real threads, and the layout of memory as it comes */
};

/* Starts the program. Returns 0; or -1 after complain(). */
int child_start(const struct child_options *options, struct child *ret_child);

/* Waits for HELLO, for at most HELLO_SECONDS. Returns 0 with the message and
 * the body that it points into; or -1, after complain() unless the user
 * interrupted the wait. */
#define HELLO_SECONDS 30
int child_greet(struct child *child, const char *name, struct hello *ret_hello,
		struct buffer *body);

/* Sends a job. Returns 0; -1 if the child is gone. */
int child_send_job(struct child *child, const struct job *job);

/* True once the process has ended; it is then waited for. */
bool child_has_ended(struct child *child);

/* Waits up to so many seconds for the process to end; true if it has. */
bool child_await_end(struct child *child, double seconds);

/* Kills the process, if it still runs, and waits for it. Everything else stays
 * open: messages that are on their way can still be received. */
void child_kill(struct child *child);

/* Closes the socket, which a healthy child takes as its end; kills one that
 * does not; frees everything. A zeroed or ended child is left alone. */
void child_end(struct child *child);

/* What the child wrote to the net, cut to a line; owned by the caller; NULL if
 * nothing. */
char *child_net_line(const struct child *child);

/* Seconds of processor time that the process has used, and whether it is
 * ready to run rather than asleep. False if it cannot be told. */
bool child_cpu(const struct child *child, double *ret_seconds,
	       bool *ret_running);

#endif
