/*
 * Starting a child process (see child.h).
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/diagnostic.h"
#include "base/text.h"
#include "pool/child.h"

/* The child's ends of the channel lie above the descriptors that the program
 * opens itself: it then gets the numbers that it gets natively, and the
 * variable says the same in every process. */
#define CHANNEL_DESCRIPTOR     1000
#define CHANNEL_DESCRIPTOR_LOW 100

/* The rest of a message that has begun comes within this time, or never: the
 * program may have written to the socket itself. */
#define MESSAGE_SECONDS 10

/* What stands between fork and exec. */
struct launch {
	const struct child_options *options;
	int input;
	int output;
	int socket;
	int memory;
	pid_t parent;
};

static int open_input(const struct program *program)
{
	const char *path = program->input ? program->input : "/dev/null";
	int input = open(path, O_RDONLY | O_CLOEXEC);

	if (input < 0)
		complain("cannot open '%s': %s", path, strerror(errno));
	return input;
}

static struct shared *map_shared(int memory)
{
	void *shared;

	if (memory < 0 || ftruncate(memory, (off_t)SHARED_BYTES) != 0)
		return NULL;
	shared = mmap(NULL, SHARED_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED,
		      memory, 0);
	return shared == MAP_FAILED ? NULL : shared;
}

/* Everything from here to exec runs in the new process. */

static int inherit(int descriptor)
{
	int high = fcntl(descriptor, F_DUPFD, CHANNEL_DESCRIPTOR);

	return high >= 0 ? high
			 : fcntl(descriptor, F_DUPFD, CHANNEL_DESCRIPTOR_LOW);
}

static void reset_signals(void)
{
	const int changed[] = {SIGINT, SIGTERM, SIGPIPE, SIGHUP, SIGQUIT};
	sigset_t none;

	for (size_t i = 0; i < sizeof(changed) / sizeof(changed[0]); i++)
		signal(changed[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static void set_environment(const struct launch *launch)
{
	const char *preload = launch->options->preload;
	const char *already = getenv("LD_PRELOAD");
	char *channel = text_format(
		"%d,%d%s", inherit(launch->socket), inherit(launch->memory),
		launch->options->is_native ? CHANNEL_NATIVE : "");

	setenv(CHANNEL_VARIABLE, channel, 1);
	if (preload && already && *already)
		setenv("LD_PRELOAD", text_format("%s:%s", preload, already), 1);
	else if (preload)
		setenv("LD_PRELOAD", preload, 1);
}

static char **argument_list(const struct program *program)
{
	char **list = calloc(program->argument_count + 2, sizeof(*list));

	if (!list)
		_exit(127);
	list[0] = program->executable;
	for (size_t i = 0; i < program->argument_count; i++)
		list[i + 1] = program->arguments[i];
	return list;
}

static _Noreturn void become_program(const struct launch *launch)
{
	const struct program *program = launch->options->program;
	int layout = personality(0xffffffff);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != launch->parent)
		_exit(127);
	setpgid(0, 0);
	/* Where this is refused, addresses differ between processes, which the
	 * library copes with. */
	if (!launch->options->is_native && layout >= 0)
		personality((unsigned long)layout | ADDR_NO_RANDOMIZE);
	reset_signals();
	set_environment(launch);
	if (dup2(launch->input, STDIN_FILENO) < 0 ||
	    dup2(launch->output, STDOUT_FILENO) < 0 ||
	    dup2(launch->output, STDERR_FILENO) < 0)
		_exit(127);
	execv(program->executable, argument_list(program));
	dprintf(STDERR_FILENO, "%s\n", strerror(errno));
	_exit(127);
}

static int launch_child(struct launch *launch, struct child *child)
{
	launch->parent = getpid();
	child->pid = fork();
	if (child->pid == 0)
		become_program(launch);
	if (child->pid < 0) {
		child->pid = 0;
		return -1;
	}
	/* Also from this side, so that a signal to the group finds it. */
	setpgid(child->pid, child->pid);
	return 0;
}

static void close_if_open(int descriptor)
{
	if (descriptor >= 0)
		close(descriptor);
}

int child_start(const struct child_options *options, struct child *ret_child)
{
	struct child child = {.socket = -1, .net = -1};
	int ends[2] = {-1, -1};
	struct launch launch = {.options = options,
				.input = open_input(options->program),
				.memory = memfd_create("explorer", MFD_CLOEXEC),
				.output = options->output};
	const struct timeval patience = {.tv_sec = MESSAGE_SECONDS};
	int failed = -1;

	if (launch.input < 0)
		goto out;
	if (access(options->program->executable, X_OK) != 0) {
		complain("cannot run '%s': %s", options->program->executable,
			 strerror(errno));
		goto out;
	}
	if (options->output < 0) {
		child.net = memfd_create("explorer-net", MFD_CLOEXEC);
		launch.output = child.net;
	}
	child.shared = map_shared(launch.memory);
	if (launch.output < 0 || !child.shared ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
		complain("cannot prepare a process for '%s': %s",
			 options->program->name, strerror(errno));
		goto out;
	}
	child.socket = ends[0];
	setsockopt(child.socket, SOL_SOCKET, SO_RCVTIMEO, &patience,
		   sizeof(patience));
	launch.socket = ends[1];
	failed = launch_child(&launch, &child);
	if (failed)
		complain("cannot start '%s': %s", options->program->name,
			 strerror(errno));
out:
	close_if_open(launch.input);
	close_if_open(launch.memory);
	close_if_open(ends[1]);
	if (failed)
		child_end(&child);
	else
		*ret_child = child;
	return failed;
}
