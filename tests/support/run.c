/* See run.h. */
#include "support/run.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void arguments_add(struct arguments *arguments, const char *argument)
{
	char **at = realloc(arguments->at,
			    (arguments->count + 2) * sizeof(*arguments->at));

	cr_assert_not_null(at);
	arguments->at = at;
	arguments->at[arguments->count++] = strdup(argument);
	arguments->at[arguments->count] = NULL;
}

void arguments_add_words(struct arguments *arguments, const char *words)
{
	char *copy = strdup(words);
	char *rest = copy;
	char *word;

	while ((word = strsep(&rest, " \t")) != NULL)
		if (*word != '\0')
			arguments_add(arguments, word);
	free(copy);
}

void arguments_fini(struct arguments *arguments)
{
	for (size_t i = 0; i < arguments->count; i++)
		free(arguments->at[i]);
	free(arguments->at);
	*arguments = (struct arguments){0};
}

static char *words_of(const struct arguments *arguments)
{
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);

	for (size_t i = 0; i < arguments->count; i++)
		fprintf(stream, "%s%s", i == 0 ? "" : " ", arguments->at[i]);
	fclose(stream);
	return text;
}

/* A descriptor from which the command reads its input. */
static int input_open(const char *input)
{
	FILE *file;
	int descriptor;

	if (input == NULL)
		return open("/dev/null", O_RDONLY | O_CLOEXEC);
	file = tmpfile();
	cr_assert_not_null(file);
	fputs(input, file);
	fflush(file);
	descriptor = fcntl(fileno(file), F_DUPFD_CLOEXEC, 10);
	fclose(file);
	lseek(descriptor, 0, SEEK_SET);
	return descriptor;
}

static void environment_apply(const char *const *environment)
{
	for (; environment != NULL && *environment != NULL; environment++) {
		char *entry = strdup(*environment);

		if (strchr(entry, '=') != NULL)
			putenv(entry);
		else
			unsetenv(entry);
	}
}

/* In the child: becomes the command, or says why not and ends with 126. */
static _Noreturn void become(const struct arguments *arguments,
			     const struct run_options *options, const int fd[3])
{
	setpgid(0, 0);
	for (int i = 0; i < 3; i++)
		dup2(fd[i], i);
	signal(SIGINT, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	environment_apply(options->environment);
	if (options->limit_file_size) {
		const struct rlimit limit = {options->file_size_max,
					     options->file_size_max};

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &limit);
	}
	if (options->folder != NULL && chdir(options->folder) != 0) {
		perror(options->folder);
		_exit(126);
	}
	execvp(arguments->at[0], arguments->at);
	perror(arguments->at[0]);
	_exit(126);
}

void run_start(const struct arguments *arguments,
	       const struct run_options *options, struct started *ret_started)
{
	static const struct run_options plain;
	int out[2];
	int err[2];
	int fd[3];

	if (options == NULL)
		options = &plain;
	fd[0] = input_open(options->input);
	cr_assert(ge(int, fd[0], 0));
	cr_assert(zero(int, pipe2(out, O_CLOEXEC)));
	cr_assert(zero(int, pipe2(err, O_CLOEXEC)));
	fd[1] = out[1];
	fd[2] = err[1];
	ret_started->command = words_of(arguments);
	ret_started->timeout_seconds = options->timeout_seconds != 0
					       ? options->timeout_seconds
					       : RUN_TIMEOUT_SECONDS;
	ret_started->pid = fork();
	cr_assert(ge(int, ret_started->pid, 0));
	if (ret_started->pid == 0)
		become(arguments, options, fd);
	setpgid(ret_started->pid, ret_started->pid);
	close(fd[0]);
	close(out[1]);
	close(err[1]);
	ret_started->out = out[0];
	ret_started->err = err[0];
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Moves what can be read now to the stream; false at the end. */
static bool drain(int descriptor, FILE *stream)
{
	char bytes[65536];
	ssize_t count = read(descriptor, bytes, sizeof(bytes));

	if (count < 0)
		return errno == EINTR || errno == EAGAIN;
	fwrite(bytes, 1, (size_t)count, stream);
	return count > 0;
}

/* Reads both pipes to their ends; false if time ran out before. */
static bool collect(const struct started *started, FILE *out, FILE *err)
{
	struct pollfd wait[2] = {{started->out, POLLIN, 0},
				 {started->err, POLLIN, 0}};
	FILE *const to[2] = {out, err};
	const int64_t end = now_ms() + started->timeout_seconds * INT64_C(1000);

	while (wait[0].fd >= 0 || wait[1].fd >= 0) {
		int64_t left = end - now_ms();

		if (left <= 0)
			return false;
		if (poll(wait, 2, (int)left) < 0 && errno != EINTR)
			return false;
		for (int i = 0; i < 2; i++)
			if (wait[i].fd >= 0 && wait[i].revents != 0 &&
			    !drain(wait[i].fd, to[i]))
				wait[i].fd = -1;
	}
	return true;
}

void run_finish(struct started *started, struct run *ret_run)
{
	FILE *out;
	FILE *err;
	int status = 0;

	*ret_run = (struct run){.status = -1};
	out = open_memstream(&ret_run->out, &ret_run->out_length);
	err = open_memstream(&ret_run->err, &ret_run->err_length);
	if (!collect(started, out, err)) {
		ret_run->timed_out = true;
		kill(-started->pid, SIGKILL);
	}
	fclose(out);
	fclose(err);
	close(started->out);
	close(started->err);
	while (waitpid(started->pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status))
		ret_run->status = WEXITSTATUS(status);
	else
		ret_run->signal = WTERMSIG(status);
	ret_run->command = started->command;
	started->command = NULL;
}

void run_to_end(const struct arguments *arguments,
		const struct run_options *options, struct run *ret_run)
{
	struct started started;

	run_start(arguments, options, &started);
	run_finish(&started, ret_run);
}

void run_fini(struct run *run)
{
	free(run->out);
	free(run->err);
	free(run->command);
	*run = (struct run){0};
}

/* Processor time, in clock ticks, of a process and its name; 0 if it is gone.
 */
static unsigned long ticks_of(long pid, char ret_name[64])
{
	char path[64];
	char line[1024];
	unsigned long user = 0;
	char *after;
	FILE *file;

	*ret_name = '\0';
	snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
	file = fopen(path, "re");
	if (file == NULL)
		return 0;
	if (fgets(line, sizeof(line), file) != NULL &&
	    (after = strrchr(line, ')')) != NULL) {
		sscanf(line, "%*d (%63[^)]", ret_name);
		sscanf(after + 1,
		       " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu",
		       &user);
	}
	fclose(file);
	return user;
}

static bool is_compiler(const char *name)
{
	static const char *const names[] = {"cc1", "as",    "ld", "collect2",
					    "gcc", "clang", "cc"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strncmp(name, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

/* The busiest child of the process that is no compiler, in clock ticks. */
static unsigned long busiest_child(pid_t parent)
{
	char path[64];
	char name[64];
	unsigned long most = 0;
	long child;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", parent,
		 parent);
	file = fopen(path, "re");
	if (file == NULL)
		return 0;
	while (fscanf(file, "%ld", &child) == 1) {
		unsigned long ticks = ticks_of(child, name);

		if (ticks > most && !is_compiler(name))
			most = ticks;
	}
	fclose(file);
	return most;
}

bool run_wait_busy_child(pid_t parent, unsigned long ticks)
{
	const struct timespec pause = {0, 20 * 1000 * 1000};

	while (busiest_child(parent) < ticks) {
		siginfo_t info = {0};

		if (waitid(P_PID, (id_t)parent, &info,
			   WEXITED | WNOHANG | WNOWAIT) == 0 &&
		    info.si_pid == parent)
			return false;
		nanosleep(&pause, NULL);
	}
	return true;
}
