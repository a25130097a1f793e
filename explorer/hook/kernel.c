/*
 * Functions that have the kernel write into the program's memory.
 *
 * Where the world is write-protected a store faults, and is let through; the
 * kernel fails with EFAULT instead. So these pages are made writable first.
 * What libc has the kernel write to on its own is known when it allocates it
 * (heap.c).
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/times.h>
#include <sys/uio.h>
#include <unistd.h>

#include "hook/hook.h"
#include "hook/leave.h"
#include "runtime/system.h"

#define NS_PER_US     ((uint64_t)1000)
#define NS_PER_MS     ((uint64_t)1000000)
#define NS_PER_SECOND ((uint64_t)1000000000)

#undef fread_unlocked

void hook_let_kernel_write(void *to, size_t bytes)
{
	hook_runtime->busy = true;
	pages_warm(&hook_runtime->world.pages, (uintptr_t)to, bytes);
	hook_runtime->busy = false;
}

static void expect_write(void *to, size_t bytes, uintptr_t place)
{
	if (!hook_runtime)
		return;
	/* The search itself reads what the command tells it. */
	if (hook_runtime->current)
		hook_writes(to, bytes, place);
	hook_let_kernel_write(to, bytes);
}

/* Standard input is to be rewound with the rest of the world. */
void hook_expect_input(int descriptor)
{
	if (hook_runtime && descriptor == STDIN_FILENO)
		hook_runtime->world.input_in_use = true;
}

/* Whoever reads a block at once gets it from the kernel, past the buffer. */
EXPORT size_t fread(void *restrict to, size_t size, size_t count,
		    FILE *restrict file)
{
	expect_write(to, size * count, PLACE);
	return REAL(fread)(to, size, count, file);
}

EXPORT size_t fread_unlocked(void *restrict to, size_t size, size_t count,
			     FILE *restrict file)
{
	expect_write(to, size * count, PLACE);
	return REAL(fread_unlocked)(to, size, count, file);
}

/* A line that is shorter than the buffer leaves the rest alone; but there must
 * be room. */
EXPORT char *fgets(char *restrict to, int bytes, FILE *restrict file)
{
	if (bytes > 0)
		hook_writes(to, (size_t)bytes, PLACE);
	return REAL(fgets)(to, bytes, file);
}

EXPORT ssize_t getdelim(char **restrict ret_line, size_t *restrict ret_bytes,
			int end, FILE *restrict file)
{
	if (hook_runtime) {
		hook_writes(ret_line, sizeof(*ret_line), PLACE);
		hook_writes(ret_bytes, sizeof(*ret_bytes), PLACE);
	}
	return REAL(getdelim)(ret_line, ret_bytes, end, file);
}

EXPORT ssize_t getline(char **restrict ret_line, size_t *restrict ret_bytes,
		       FILE *restrict file)
{
	if (hook_runtime) {
		hook_writes(ret_line, sizeof(*ret_line), PLACE);
		hook_writes(ret_bytes, sizeof(*ret_bytes), PLACE);
	}
	return REAL(getdelim)(ret_line, ret_bytes, '\n', file);
}

EXPORT ssize_t read(int descriptor, void *to, size_t bytes)
{
	leave_if_cancelled(PLACE);
	if (hook_is_own(descriptor)) {
		errno = EBADF;
		return -1;
	}
	hook_expect_input(descriptor);
	expect_write(to, bytes, PLACE);
	return REAL(read)(descriptor, to, bytes);
}

EXPORT ssize_t pread(int descriptor, void *to, size_t bytes, off_t offset)
{
	leave_if_cancelled(PLACE);
	expect_write(to, bytes, PLACE);
	return REAL(pread)(descriptor, to, bytes, offset);
}

EXPORT ssize_t pread64(int descriptor, void *to, size_t bytes, off64_t offset)
{
	leave_if_cancelled(PLACE);
	expect_write(to, bytes, PLACE);
	return REAL(pread64)(descriptor, to, bytes, offset);
}

EXPORT ssize_t readv(int descriptor, const struct iovec *parts, int count)
{
	leave_if_cancelled(PLACE);
	for (int i = 0; i < count; i++)
		expect_write(parts[i].iov_base, parts[i].iov_len, PLACE);
	hook_expect_input(descriptor);
	return REAL(readv)(descriptor, parts, count);
}

EXPORT ssize_t recv(int descriptor, void *to, size_t bytes, int flags)
{
	leave_if_cancelled(PLACE);
	expect_write(to, bytes, PLACE);
	return REAL(recv)(descriptor, to, bytes, flags);
}

EXPORT ssize_t readlink(const char *restrict path, char *restrict to,
			size_t bytes)
{
	expect_write(to, bytes, PLACE);
	return REAL(readlink)(path, to, bytes);
}

EXPORT char *getcwd(char *to, size_t bytes)
{
	expect_write(to, to ? bytes : 0, PLACE);
	return REAL(getcwd)(to, bytes);
}

EXPORT int gethostname(char *to, size_t bytes)
{
	expect_write(to, bytes, PLACE);
	return REAL(gethostname)(to, bytes);
}

EXPORT int pipe(int ends[2])
{
	hook_note("pipe", PLACE);
	expect_write(ends, 2 * sizeof(*ends), PLACE);
	return REAL(pipe)(ends);
}

EXPORT int pipe2(int ends[2], int flags)
{
	hook_note("pipe2", PLACE);
	expect_write(ends, 2 * sizeof(*ends), PLACE);
	return REAL(pipe2)(ends, flags);
}

/* Who waits for no descriptor at all wants to sleep. */
EXPORT int poll(struct pollfd *descriptors, nfds_t count, int timeout_ms)
{
	leave_if_cancelled(PLACE);
	if (hook_runtime && count == 0 && timeout_ms >= 0) {
		system_sleep(hook_runtime, (uint64_t)timeout_ms * NS_PER_MS,
			     PLACE);
		return 0;
	}
	expect_write(descriptors, count * sizeof(*descriptors), PLACE);
	return REAL(poll)(descriptors, count, timeout_ms);
}

/* The system says in `timeout` how much of it is left. */
EXPORT int select(int count, fd_set *restrict to_read,
		  fd_set *restrict to_write, fd_set *restrict to_except,
		  struct timeval *restrict timeout)
{
	leave_if_cancelled(PLACE);
	if (timeout)
		expect_write(timeout, sizeof(*timeout), PLACE);
	if (hook_runtime && timeout && !to_read && !to_write && !to_except &&
	    timeout->tv_sec >= 0 && timeout->tv_usec >= 0) {
		system_sleep(hook_runtime,
			     (uint64_t)timeout->tv_sec * NS_PER_SECOND +
				     (uint64_t)timeout->tv_usec * NS_PER_US,
			     PLACE);
		*timeout = (struct timeval){0};
		return 0;
	}
	if (to_read)
		expect_write(to_read, sizeof(*to_read), PLACE);
	if (to_write)
		expect_write(to_write, sizeof(*to_write), PLACE);
	if (to_except)
		expect_write(to_except, sizeof(*to_except), PLACE);
	return REAL(select)(count, to_read, to_write, to_except, timeout);
}

/* --- What the system has used up: another answer each time */

/* glibc declares it with a type of its own. */
EXPORT int hook_getrusage(int who,
			  struct rusage *ret_usage) __asm__("getrusage");

int hook_getrusage(int who, struct rusage *ret_usage)
{
	typedef int usage_function(int, struct rusage *);

	hook_note("getrusage", PLACE);
	expect_write(ret_usage, sizeof(*ret_usage), PLACE);
	return ((usage_function *)(uintptr_t)hook_find("getrusage"))(who,
								     ret_usage);
}

EXPORT clock_t times(struct tms *ret_times)
{
	hook_note("times", PLACE);
	if (ret_times)
		expect_write(ret_times, sizeof(*ret_times), PLACE);
	return REAL(times)(ret_times);
}

EXPORT int stat(const char *restrict path, struct stat *restrict ret_status)
{
	expect_write(ret_status, sizeof(*ret_status), PLACE);
	return REAL(stat)(path, ret_status);
}

EXPORT int lstat(const char *restrict path, struct stat *restrict ret_status)
{
	expect_write(ret_status, sizeof(*ret_status), PLACE);
	return REAL(lstat)(path, ret_status);
}

EXPORT int fstat(int descriptor, struct stat *ret_status)
{
	expect_write(ret_status, sizeof(*ret_status), PLACE);
	return REAL(fstat)(descriptor, ret_status);
}
