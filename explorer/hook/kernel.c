/*
 * Functions that have the kernel write into the program's memory.
 *
 * Where the world is write-protected a store faults, and is let through; the
 * kernel fails with EFAULT instead. So these pages are made writable first.
 * What libc has the kernel write to on its own is known when it allocates it
 * (heap.c).
 */
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "hook/hook.h"

#undef fread_unlocked

static void expect_write(const void *to, size_t bytes)
{
	if (!hook_runtime)
		return;
	hook_runtime->busy = true;
	pages_warm(&hook_runtime->world.pages, (uintptr_t)to, bytes);
	hook_runtime->busy = false;
}

/* Standard input is to be rewound with the rest of the world. */
static void expect_input(int descriptor)
{
	if (hook_runtime && descriptor == STDIN_FILENO)
		hook_runtime->world.input_in_use = true;
}

/* Whoever reads a block at once gets it from the kernel, past the buffer. */
EXPORT size_t fread(void *restrict to, size_t size, size_t count,
		    FILE *restrict file)
{
	expect_write(to, size * count);
	return REAL(fread)(to, size, count, file);
}

EXPORT size_t fread_unlocked(void *restrict to, size_t size, size_t count,
			     FILE *restrict file)
{
	expect_write(to, size * count);
	return REAL(fread_unlocked)(to, size, count, file);
}

EXPORT ssize_t read(int descriptor, void *to, size_t bytes)
{
	expect_input(descriptor);
	expect_write(to, bytes);
	return REAL(read)(descriptor, to, bytes);
}

EXPORT ssize_t pread(int descriptor, void *to, size_t bytes, off_t offset)
{
	expect_write(to, bytes);
	return REAL(pread)(descriptor, to, bytes, offset);
}

EXPORT ssize_t pread64(int descriptor, void *to, size_t bytes, off64_t offset)
{
	expect_write(to, bytes);
	return REAL(pread64)(descriptor, to, bytes, offset);
}

EXPORT ssize_t readv(int descriptor, const struct iovec *parts, int count)
{
	for (int i = 0; i < count; i++)
		expect_write(parts[i].iov_base, parts[i].iov_len);
	expect_input(descriptor);
	return REAL(readv)(descriptor, parts, count);
}

EXPORT ssize_t recv(int descriptor, void *to, size_t bytes, int flags)
{
	expect_write(to, bytes);
	return REAL(recv)(descriptor, to, bytes, flags);
}

EXPORT ssize_t readlink(const char *restrict path, char *restrict to,
			size_t bytes)
{
	expect_write(to, bytes);
	return REAL(readlink)(path, to, bytes);
}

EXPORT char *getcwd(char *to, size_t bytes)
{
	expect_write(to, to ? bytes : 0);
	return REAL(getcwd)(to, bytes);
}

EXPORT int gethostname(char *to, size_t bytes)
{
	expect_write(to, bytes);
	return REAL(gethostname)(to, bytes);
}

EXPORT int pipe(int ends[2])
{
	hook_note("pipe", PLACE);
	expect_write(ends, 2 * sizeof(*ends));
	return REAL(pipe)(ends);
}

EXPORT int pipe2(int ends[2], int flags)
{
	hook_note("pipe2", PLACE);
	expect_write(ends, 2 * sizeof(*ends));
	return REAL(pipe2)(ends, flags);
}

EXPORT int poll(struct pollfd *descriptors, nfds_t count, int timeout_ms)
{
	expect_write(descriptors, count * sizeof(*descriptors));
	return REAL(poll)(descriptors, count, timeout_ms);
}

EXPORT int stat(const char *restrict path, struct stat *restrict ret_status)
{
	expect_write(ret_status, sizeof(*ret_status));
	return REAL(stat)(path, ret_status);
}

EXPORT int lstat(const char *restrict path, struct stat *restrict ret_status)
{
	expect_write(ret_status, sizeof(*ret_status));
	return REAL(lstat)(path, ret_status);
}

EXPORT int fstat(int descriptor, struct stat *ret_status)
{
	expect_write(ret_status, sizeof(*ret_status));
	return REAL(fstat)(descriptor, ret_status);
}
