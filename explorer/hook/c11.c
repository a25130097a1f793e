/*
 * C11's threads, which are POSIX's with other names for what they return.
 */
#include <errno.h>
#include <threads.h>
#include <time.h>

#include "hook/hook.h"
#include "runtime/cancel.h"
#include "runtime/join.h"
#include "runtime/system.h"
#include "runtime/thread.h"

static int as_c11(int error)
{
	if (error == 0)
		return thrd_success;
	return error == ENOMEM ? thrd_nomem : thrd_error;
}

/* A thread's value is a pointer; C11's is an int. */
EXPORT int thrd_create(thrd_t *ret_thread, thrd_start_t start, void *argument)
{
	struct thread_plan plan = {.argument = argument, .returns_int = true};

	if (!hook_runtime)
		return REAL(thrd_create)(ret_thread, start, argument);
	plan.start = (void *(*)(void *))(uintptr_t)start;
	return as_c11(thread_create(hook_runtime, ret_thread, &plan, PLACE));
}

EXPORT int thrd_join(thrd_t thread, int *ret_value)
{
	void *value;
	int error;

	if (!hook_runtime)
		return REAL(thrd_join)(thread, ret_value);
	error = join_wait(hook_runtime, thread, &value, PLACE);
	if (error == 0 && ret_value) {
		hook_writes(ret_value, sizeof(*ret_value), PLACE);
		*ret_value = (int)(intptr_t)value;
	}
	return as_c11(error);
}

EXPORT int thrd_detach(thrd_t thread)
{
	if (!hook_runtime)
		return REAL(thrd_detach)(thread);
	return as_c11(join_detach(hook_runtime, thread, PLACE));
}

EXPORT void thrd_exit(int value)
{
	if (hook_runtime)
		cancel_exit(hook_runtime, (void *)(intptr_t)value);
	REAL(thrd_exit)(value);
	__builtin_unreachable();
}

EXPORT thrd_t thrd_current(void)
{
	if (hook_runtime)
		return thread_self(hook_runtime);
	return REAL(thrd_current)();
}

EXPORT int thrd_equal(thrd_t one, thrd_t other)
{
	return one == other;
}

EXPORT void thrd_yield(void)
{
	if (hook_runtime)
		thread_yield(hook_runtime);
	else
		REAL(thrd_yield)();
}
