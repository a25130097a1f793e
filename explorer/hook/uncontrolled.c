/*
 * Functions that reach beyond the world (uncontrolled.def): passed through and
 * noted. Signals and libraries loaded late are looked at more closely: most of
 * what they are used for is harmless, or cannot be.
 */
#include <dlfcn.h>
#include <signal.h>
#include <sys/resource.h>

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

/* --- Signals */

/* Ours, as long as a search goes on. */
static bool is_fault(int number)
{
	return number == SIGSEGV || number == SIGBUS || number == SIGFPE ||
	       number == SIGILL || number == SIGTRAP || number == SIGABRT;
}

/* To ignore a signal is harmless. A handler runs when the system wants it to.
 * Returns whether the call is to be passed on. */
static bool may_handle(const char *function, int number, bool has_handler,
		       uintptr_t place)
{
	if (!hook_runtime || !hook_runtime->current)
		return true;
	if (has_handler)
		hook_note(function, place);
	return !is_fault(number);
}

EXPORT sighandler_t signal(int number, sighandler_t handler)
{
	bool has_handler = handler != SIG_IGN && handler != SIG_DFL;

	return may_handle("signal", number, has_handler, PLACE)
		       ? REAL(signal)(number, handler)
		       : SIG_DFL;
}

EXPORT int sigaction(int number, const struct sigaction *restrict action,
		     struct sigaction *restrict ret_previous)
{
	bool has_handler = action && action->sa_handler != SIG_IGN &&
			   action->sa_handler != SIG_DFL;

	return may_handle("sigaction", number, has_handler, PLACE)
		       ? REAL(sigaction)(number, action, ret_previous)
		       : 0;
}

int hook_raise(int number, uintptr_t place)
{
	int result;

	if (hook_runtime)
		hook_runtime->raised_at = place;
	result = REAL(raise)(number);
	if (hook_runtime)
		hook_runtime->raised_at = 0;
	return result;
}

EXPORT int raise(int number)
{
	return hook_raise(number, PLACE);
}

/* Which process it is for is not known here. */
EXPORT int kill(pid_t process, int number)
{
	int result;

	hook_note("kill", PLACE);
	if (hook_runtime)
		hook_runtime->raised_at = PLACE;
	result = REAL(kill)(process, number);
	if (hook_runtime)
		hook_runtime->raised_at = 0;
	return result;
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

/* --- Libraries */

/* One that is there already may be asked for again. What comes later would not
 * be rewound. */
EXPORT void *dlopen(const char *path, int mode)
{
	bool is_late = hook_runtime && hook_runtime->current && path &&
		       !REAL(dlopen)(path, RTLD_NOLOAD | RTLD_LAZY);
	void *library = REAL(dlopen)(path, mode);

	if (is_late && library)
		runtime_refuse(hook_runtime,
			       "dlopen of a library that the program is not "
			       "linked with",
			       PLACE);
	return library;
}
