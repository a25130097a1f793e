/*
 * Runs a command from outside, as a user would, and keeps what it said.
 *
 * Nothing here depends on how fast the machine is: the time limit exists only
 * so that a command that never ends fails its test instead of stopping all of
 * them.
 */
#ifndef TESTS_SUPPORT_RUN_H
#define TESTS_SUPPORT_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Seconds after which a command counts as one that never ends. */
#define RUN_TIMEOUT_SECONDS 300

/* An argument vector under construction. Strings are copied. Zeroed is valid
 * and empty; at[count] is NULL once anything was added. */
struct arguments {
	char **at;
	size_t count;
};

void arguments_add(struct arguments *arguments, const char *argument);
/* Adds each word of a space-separated list. */
void arguments_add_words(struct arguments *arguments, const char *words);
void arguments_fini(struct arguments *arguments);

/* What differs from a plain run. Zeroed: no input, the caller's environment
 * and folder, the usual time limit. */
struct run_options {
	const char *input;		/* standard input; NULL: empty */
	const char *const *environment; /* "NAME=value" added, "NAME" removed;
					 * ends with NULL */
	const char *folder;		/* to run in */
	bool limit_file_size;
	size_t file_size_max;	  /* RLIMIT_FSIZE, SIGXFSZ ignored */
	unsigned timeout_seconds; /* 0: RUN_TIMEOUT_SECONDS */
};

/* A command that has ended. out and err end with a zero byte that the lengths
 * do not count. */
struct run {
	bool timed_out;
	int status; /* exit status; -1 where a signal ended it */
	int signal; /* that signal, or 0 */
	char *out;
	size_t out_length;
	char *err;
	size_t err_length;
	char *command; /* the words, to be shown where a test fails */
};

/* A command under way. */
struct started {
	pid_t pid;
	int out;
	int err;
	unsigned timeout_seconds;
	char *command;
};

/* Starts a command; the test ends as failed where that cannot be done. */
void run_start(const struct arguments *arguments,
	       const struct run_options *options, struct started *ret_started);
/* Collects output until the command ends. */
void run_finish(struct started *started, struct run *ret_run);
/* Both in one. options may be NULL. */
void run_to_end(const struct arguments *arguments,
		const struct run_options *options, struct run *ret_run);
void run_fini(struct run *run);

/* Waits until a child of process `parent` that is not a compiler has used at
 * least `ticks` clock ticks of processor time, so that a search is known to be
 * under way. False if the parent ended before. */
bool run_wait_busy_child(pid_t parent, unsigned long ticks);

#endif
