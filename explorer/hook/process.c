/*
 * Ways to end the process.
 */
#include <stdlib.h>
#include <unistd.h>

#include "hook/cplusplus.h"
#include "hook/hook.h"
#include "hook/native_report.h"
#include "runtime/ending.h"
#include "runtime/exit_handler.h"
#include "runtime/foreign.h"

/* With no handlers registered there is nothing to run, and libc's exit would
 * write to pages that would have to be restored. */
EXPORT void exit(int status)
{
	if (hook_runtime)
		exit_handler_note(hook_runtime,
				  hook_runtime->state.exit_handlers > 0, PLACE);
	if (hook_runtime && hook_runtime->state.exit_handlers == 0) {
		if (hook_runtime->world.tls.separate)
			tls_destroy();
		hook_destroy();
		ending_exit(hook_runtime, status, PLACE);
	}
	REAL(exit)(status);
	__builtin_unreachable();
}

/* What every module's last destructor calls, to run the handlers that belong
 * to it: they have run. */
HOOK(void, __cxa_finalize, void *module)
{
	void (*real)(void *);

	if (hook_runtime)
		return;
	real = (void (*)(void *))(uintptr_t)hook_find("__cxa_finalize");
	real(module);
}

EXPORT void _exit(int status)
{
	if (hook_runtime) {
		hook_runtime->current->exits_at_once = true;
		foreign_look(hook_runtime);
		ending_exit(hook_runtime, status, PLACE);
	}
	if (hook_mode() == MODE_NATIVE_REPORT)
		native_report(status);
	REAL(_exit)(status);
	__builtin_unreachable();
}

EXPORT void _Exit(int status)
{
	_exit(status);
}

EXPORT void abort(void)
{
	if (hook_runtime && cplusplus_terminates(PLACE))
		ending_uncaught(hook_runtime);
	if (hook_runtime)
		ending_abort(hook_runtime, PLACE);
	REAL(abort)();
	__builtin_unreachable();
}

typedef void assert_function(const char *, const char *, unsigned,
			     const char *);

/* Our own __assert_fail has another name: base/own_names.h. */
EXPORT void hook_assert_fail(const char *expression, const char *file,
			     unsigned line,
			     const char *function) __asm__("__assert_fail");

void hook_assert_fail(const char *expression, const char *file, unsigned line,
		      const char *function)
{
	assert_function *fail;

	if (hook_runtime)
		ending_assertion(hook_runtime,
				 &(struct failure){.expression = expression,
						   .file = file,
						   .function = function,
						   .line = line},
				 PLACE);
	fail = (assert_function *)(uintptr_t)hook_find("__assert_fail");
	fail(expression, file, line, function);
	__builtin_unreachable();
}
