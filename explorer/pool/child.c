/*
 * Greeting, watching and ending a child process (see child.h).
 */
#include "pool/child.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diagnostic.h"
#include "base/text.h"
#include "channel/socket.h"
#include "pool/clock.h"
#include "pool/naming.h"

#define NET_LINE_BYTES 200
/* How long a child that was told to go may take. */
#define END_SECONDS 1.0

bool child_has_ended(struct child *child)
{
	pid_t waited;

	if (child->pid == 0)
		return true;
	waited = waitpid(child->pid, &child->wait_status, WNOHANG);
	if (waited == 0 || (waited < 0 && errno == EINTR))
		return false;
	child->pid = 0;
	return true;
}

bool child_await_end(struct child *child, double seconds)
{
	double until = clock_seconds() + seconds;
	double pause = 0.0001;

	while (!child_has_ended(child)) {
		if (clock_seconds() >= until)
			return false;
		clock_pause(pause);
		pause = pause < 0.01 ? pause * 2 : pause;
	}
	return true;
}

void child_kill(struct child *child)
{
	if (child_has_ended(child))
		return;
	/* Whatever processes it started belong to its group. */
	kill(-child->pid, SIGKILL);
	kill(child->pid, SIGKILL);
	while (waitpid(child->pid, &child->wait_status, 0) < 0 &&
	       errno == EINTR)
		;
	child->pid = 0;
}

void child_end(struct child *child)
{
	if (child->shared) {
		child->shared->stop = 1;
		munmap(child->shared, SHARED_BYTES);
	}
	if (child->socket > 0)
		close(child->socket);
	if (child->pid && !child_await_end(child, END_SECONDS))
		child_kill(child);
	if (child->net > 0)
		close(child->net);
	child->socket = -1;
	child->net = -1;
	child->shared = NULL;
}

char *child_net_line(const struct child *child)
{
	char line[NET_LINE_BYTES + 1];
	ssize_t length = -1;

	if (child->net >= 0)
		length = pread(child->net, line, NET_LINE_BYTES, 0);
	if (length <= 0)
		return NULL;
	line[length] = '\0';
	line[strcspn(line, "\n")] = '\0';
	return text_format("%s", line);
}

/* "ended with status 3", "was killed by SIGSEGV". */
static char *describe_end(const struct child *child)
{
	int status = child->wait_status;
	char *signal;
	char *text;

	if (!WIFSIGNALED(status))
		return text_format("ended with status %d", WEXITSTATUS(status));
	signal = name_of_signal(WTERMSIG(status));
	text = text_format("was killed by %s", signal);
	free(signal);
	return text;
}

static void complain_of_silence(struct child *child, const char *name)
{
	char *line;
	char *end;

	if (!child_await_end(child, END_SECONDS)) {
		complain("'%s' does not answer; was it built with explorer cc?",
			 name);
		return;
	}
	line = child_net_line(child);
	end = describe_end(child);
	complain("'%s' %s before it could be taken over%s%s", name, end,
		 line ? ": " : "; was it built with explorer cc?",
		 line ? line : "");
	free(line);
	free(end);
}

/* Returns what channel_receive() does, or 0 if time is up. */
static int receive_hello(struct child *child, enum message_type *ret_type,
			 struct buffer *body)
{
	double until = clock_seconds() + HELLO_SECONDS;

	while (clock_seconds() < until && !pool_interrupted) {
		int ready = channel_wait(child->socket, 100);

		if (ready)
			return ready < 0 ? -1
					 : channel_receive(child->socket,
							   ret_type, body);
	}
	return 0;
}

int child_greet(struct child *child, const char *name, struct hello *ret_hello,
		struct buffer *body)
{
	enum message_type type = MESSAGE_DONE;
	struct hello hello;
	struct reader reader;

	if (receive_hello(child, &type, body) != 1) {
		if (!pool_interrupted)
			complain_of_silence(child, name);
		return -1;
	}
	reader = reader_of(body->data, body->length);
	hello_get(&reader, &hello);
	if (type == MESSAGE_HELLO && !reader.failed &&
	    hello.version == CHANNEL_VERSION && hello.module_count > 0) {
		*ret_hello = hello;
		return 0;
	}
	complain("'%s' was built with another version of explorer; build it "
		 "again",
		 name);
	hello_fini(&hello);
	return -1;
}

int child_send_job(struct child *child, const struct job *job)
{
	struct buffer body = {0};
	int failed;

	job_put(&body, job);
	failed = channel_send(child->socket, MESSAGE_JOB, &body);
	buffer_fini(&body);
	return failed;
}

bool child_cpu(const struct child *child, double *ret_seconds,
	       bool *ret_running)
{
	char path[64];
	char line[1024];
	unsigned long user;
	unsigned long system;
	char state;
	const char *fields;
	FILE *file;
	bool known;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)child->pid);
	file = fopen(path, "re");
	if (!file)
		return false;
	known = fgets(line, sizeof(line), file);
	fclose(file);
	/* The name may hold anything, but nothing after it holds a ')'. */
	fields = known ? strrchr(line, ')') : NULL;
	if (!fields || sscanf(fields,
			      ") %c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s "
			      "%lu %lu",
			      &state, &user, &system) != 3)
		return false;
	*ret_seconds = (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
	*ret_running = state == 'R';
	return true;
}
