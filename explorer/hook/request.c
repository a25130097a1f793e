/*
 * <explorer.h>: what a program asks of the search. Natively nothing, but
 * that values are told where explorer native has started the program.
 */
#include "runtime/request.h"

#include "hook/hook.h"
#include "hook/native_watch.h"
#include "runtime/watched.h"

HOOK(unsigned, explorer_hook_choose, unsigned count)
{
	return hook_runtime ? request_choose(hook_runtime, count, PLACE) : 0;
}

HOOK(void, explorer_hook_drop, void)
{
	if (hook_runtime)
		request_drop(hook_runtime, PLACE);
}

HOOK(void, explorer_hook_atomic, int begins)
{
	if (!hook_runtime)
		return;
	if (begins)
		request_atomic_begin(hook_runtime, PLACE);
	else
		request_atomic_end(hook_runtime);
}

HOOK(void, explorer_hook_watch, const char *name, void *start,
     unsigned long bytes)
{
	if (hook_runtime)
		watched_set(hook_runtime, name, start, bytes, PLACE);
	else if (hook_mode() == MODE_NATIVE_REPORT)
		native_watch(name, start, bytes);
}
