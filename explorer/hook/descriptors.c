/*
 * Descriptors that a program may not have closed: the search's own, which it
 * has not opened, and standard input, output and error, which the next
 * execution begins with. Daemons close whatever there is.
 */
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/system_call.h"
#include "hook/hook.h"

static bool is_standard(int descriptor)
{
	return descriptor >= STDIN_FILENO && descriptor <= STDERR_FILENO;
}

bool hook_is_own(int descriptor)
{
	return hook_runtime && hook_runtime->current &&
	       descriptor == hook_socket();
}

EXPORT int close(int descriptor)
{
	if (hook_is_own(descriptor)) {
		errno = EBADF;
		return -1;
	}
	if (!hook_runtime || !hook_runtime->current || !is_standard(descriptor))
		return REAL(close)(descriptor);
	hook_note("close", PLACE);
	return 0;
}

static int close_range_really(unsigned first, unsigned last, int flags)
{
	if (first > last)
		return 0;
	return (int)system_call(
		SYS_close_range,
		(uintptr_t[6]){first, last, (uintptr_t)(unsigned)flags});
}

/* What there is of the range before and behind our own. */
static int close_between(unsigned first, unsigned last, int flags,
			 const char *function, uintptr_t place)
{
	unsigned own = (unsigned)hook_socket();
	int failed;

	if (!hook_runtime || !hook_runtime->current)
		return close_range_really(first, last, flags);
	if (first <= STDERR_FILENO) {
		hook_note(function, place);
		first = STDERR_FILENO + 1;
	}
	if (own < first || own > last)
		return close_range_really(first, last, flags);
	failed = close_range_really(first, own - 1, flags);
	return failed ? failed : close_range_really(own + 1, last, flags);
}

EXPORT int close_range(unsigned first, unsigned last, int flags)
{
	if (first > last) {
		errno = EINVAL;
		return -1;
	}
	return close_between(first, last, flags, "close_range", PLACE);
}

EXPORT void closefrom(int lowest)
{
	close_between(lowest < 0 ? 0 : (unsigned)lowest, ~0U, 0, "closefrom",
		      PLACE);
}
