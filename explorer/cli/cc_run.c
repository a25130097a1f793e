/*
 * Running a compiler and hearing what it says.
 *
 * Its streams go to memory files rather than pipes: they are read when it is
 * done, and neither side ever waits for the other.
 */
#include "cli/cc_run.h"

#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diagnostic.h"

static void complain_of_start(const char *program, int error)
{
	complain("cannot run the compiler %s: %s; install it, or name another "
		 "in EXPLORER_CC",
		 program, strerror(error));
}

/* Appends all of a memory file, and closes it. */
static void drain(int file, struct buffer *ret_bytes)
{
	uint8_t piece[16384];
	off_t at = 0;
	ssize_t length;

	if (file < 0)
		return;
	while ((length = pread(file, piece, sizeof(piece), at)) > 0) {
		buffer_put(ret_bytes, piece, (size_t)length);
		at += length;
	}
	close(file);
}

static int wait_for(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return 1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int cc_run(const struct argument_list *command, struct buffer *ret_output,
	   struct buffer *ret_messages)
{
	int output = ret_output ? memfd_create("output", MFD_CLOEXEC) : -1;
	int messages =
		ret_messages ? memfd_create("messages", MFD_CLOEXEC) : -1;
	posix_spawn_file_actions_t actions;
	pid_t child;
	int status = -1;
	int error;

	posix_spawn_file_actions_init(&actions);
	if (output >= 0)
		posix_spawn_file_actions_adddup2(&actions, output,
						 STDOUT_FILENO);
	if (messages >= 0)
		posix_spawn_file_actions_adddup2(&actions, messages,
						 STDERR_FILENO);
	error = posix_spawnp(&child, command->items[0], &actions, NULL,
			     command->items, environ);
	if (error)
		complain_of_start(command->items[0], error);
	else
		status = wait_for(child);
	posix_spawn_file_actions_destroy(&actions);
	drain(output, ret_output);
	drain(messages, ret_messages);
	return status;
}

void cc_exec(const struct argument_list *command)
{
	execvp(command->items[0], command->items);
	complain_of_start(command->items[0], errno);
}
