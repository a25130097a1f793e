/*
 * Functions that reach beyond the world (uncontrolled.def): passed through and
 * noted.
 */
#include <sys/resource.h>
#include <unistd.h>

#include "hook/hook.h"
#include "runtime/announce.h"

typedef long words_function(long, long, long, long, long, long);

/* Headers declare them with other types: the C name is ours. None has more
 * arguments than six, or real numbers. */
#define UNCONTROLLED(name)                                                     \
	EXPORT words_function uncontrolled_##name __asm__(#name);              \
	long uncontrolled_##name(long a, long b, long c, long d, long e,       \
				 long f)                                       \
	{                                                                      \
		static struct hook_real real                                   \
			__attribute__((section("hook_reals"), used,            \
				       aligned(16))) = {#name, NULL};          \
                                                                               \
		hook_note(#name, PLACE);                                       \
		if (!real.function)                                            \
			real.function = hook_find(#name);                      \
		return ((words_function *)(uintptr_t)real.function)(a, b, c,   \
								    d, e, f);  \
	}
#include "hook/uncontrolled.def"

/* --- What differs from one process to another */

EXPORT pid_t getpid(void)
{
	hook_suspect("getpid", PLACE);
	return REAL(getpid)();
}

EXPORT pid_t getppid(void)
{
	hook_suspect("getppid", PLACE);
	return REAL(getppid)();
}

EXPORT pid_t gettid(void)
{
	hook_suspect("gettid", PLACE);
	return REAL(gettid)();
}

/* --- Limits of the process */

/* They are not put back, and the search would have to live within them. */
EXPORT int setrlimit(__rlimit_resource_t resource, const struct rlimit *limit)
{
	if (!hook_runtime || !hook_runtime->current)
		return REAL(setrlimit)(resource, limit);
	hook_note("setrlimit", PLACE);
	return 0;
}
