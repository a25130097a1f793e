/*
 * What an execution costs besides its steps: nothing that lasts, and no call of
 * the kernel.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/built.h"
#include "support/explorer.h"

#define RUNS_FEW  "1000"
#define RUNS_MANY "200000"

/* One execution in so many makes a call; and leaves a byte, of so many. Both
 * are far more than what is done from time to time comes to. */
#define CALLS_MORE_MAX	   100000U
#define KILOBYTES_MORE_MAX 4096

/* A process that becomes `explorer sample` once it is told to go on. */
static pid_t start(const char *executable, const char *runs, bool traced)
{
	struct arguments arguments = {0};
	pid_t pid;

	explorer_arguments(&arguments,
			   "sample --watch x --max-traces 0 --format json "
			   "--runs");
	arguments_add(&arguments, runs);
	arguments_add(&arguments, executable);
	arguments_add_words(&arguments, "-- 2 3");
	pid = fork();
	cr_assert(ge(int, pid, 0));
	if (pid == 0) {
		if (!freopen("/dev/null", "w", stdout))
			_exit(126);
		if (traced && ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
			_exit(125);
		if (traced)
			raise(SIGSTOP);
		execv(arguments.at[0], arguments.at);
		_exit(127);
	}
	arguments_fini(&arguments);
	return pid;
}

/* What a stopped process is to be given as it goes on. */
static int signal_for(int status)
{
	int number = WSTOPSIG(status);

	if (number == (SIGTRAP | 0x80) || status >> 16 != 0 ||
	    number == SIGSTOP)
		return 0;
	return number;
}

/* How often it and all that it starts stop on their way into the kernel or out
 * of it; 0 if nobody may look. */
static uint64_t stops_at_calls(const char *executable, const char *runs)
{
	const long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
			     PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
			     PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
	pid_t first = start(executable, runs, true);
	uint64_t stops = 0;
	int status;
	pid_t pid;

	waitpid(first, &status, 0);
	if (!WIFSTOPPED(status))
		return 0;
	ptrace(PTRACE_SETOPTIONS, first, NULL, options);
	ptrace(PTRACE_SYSCALL, first, NULL, NULL);
	while ((pid = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR) {
		if (pid <= 0)
			continue;
		if (pid == first && WIFEXITED(status))
			cr_assert(le(int, WEXITSTATUS(status), 1));
		if (!WIFSTOPPED(status))
			continue;
		stops += WSTOPSIG(status) == (SIGTRAP | 0x80);
		ptrace(PTRACE_SYSCALL, pid, NULL, (long)signal_for(status));
	}
	return stops;
}

Test(steady_state, makes_no_system_calls)
{
	char *folder = scratch_folder("steady");
	char *executable =
		built_by_explorer("models/counter.c", folder, "counter");
	uint64_t few = stops_at_calls(executable, RUNS_FEW);
	uint64_t many;

	if (few == 0)
		cr_skip_test("no process may be traced here");
	many = stops_at_calls(executable, RUNS_MANY);
	cr_expect(lt(u64, many, few + CALLS_MORE_MAX));
	free(executable);
	scratch_remove(folder);
}

/* The largest of the command and the program, in kilobytes: measured by a
 * process that has no other children. */
static long kilobytes(const char *executable, const char *runs)
{
	long size = 0;
	int ends[2];
	int status;
	pid_t measurer;

	cr_assert(zero(int, pipe(ends)));
	measurer = fork();
	if (measurer == 0) {
		struct rusage usage;

		waitpid(start(executable, runs, false), &status, 0);
		getrusage(RUSAGE_CHILDREN, &usage);
		if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
			usage.ru_maxrss = -1;
		if (write(ends[1], &usage.ru_maxrss, sizeof(long)) < 0)
			_exit(1);
		_exit(0);
	}
	cr_assert(eq(sz, (size_t)read(ends[0], &size, sizeof(size)),
		     sizeof(size)));
	waitpid(measurer, &status, 0);
	close(ends[0]);
	close(ends[1]);
	cr_assert(gt(long, size, 0));
	return size;
}

Test(steady_state, takes_no_more_memory)
{
	char *folder = scratch_folder("steady");
	char *executable =
		built_by_explorer("models/counter.c", folder, "counter");
	long few = kilobytes(executable, RUNS_FEW);
	long many = kilobytes(executable, RUNS_MANY);

	cr_expect(lt(long, many, few + KILOBYTES_MORE_MAX));
	free(executable);
	scratch_remove(folder);
}
