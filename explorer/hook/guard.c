/*
 * C++'s variables within functions, which the first thread that comes along
 * initialises.
 *
 * The compiler gives each a guard of eight bytes. The first byte says that the
 * variable is there, and is looked at atomically by the program itself; the
 * others are the library's own, whose upper half is a pthread_once_t here.
 * What the library itself has of such variables is left to it.
 */
#include "hook/cplusplus.h"
#include "hook/hook.h"
#include "runtime/atomic.h"
#include "runtime/once.h"

#define IS_THERE 1

static pthread_once_t *control_of(uint64_t *guard)
{
	return (pthread_once_t *)(void *)((char *)guard + sizeof(*guard) / 2);
}

static bool is_watched(uintptr_t place)
{
	return hook_runtime && !cplusplus_is_library(place);
}

HOOK(int, __cxa_guard_acquire, uint64_t *guard)
{
	if (!is_watched(PLACE))
		return REAL(__cxa_guard_acquire)(guard);
	return once_begin(hook_runtime, control_of(guard), PLACE);
}

HOOK(void, __cxa_guard_release, uint64_t *guard)
{
	if (!is_watched(PLACE)) {
		REAL(__cxa_guard_release)(guard);
		return;
	}
	atomic_perform(hook_runtime,
		       &(struct atomic_request){.address = (uintptr_t)guard,
						.bytes = 1,
						.change = ATOMIC_STORE,
						.order = __ATOMIC_RELEASE,
						.operand = IS_THERE,
						.place = PLACE});
	once_finish(hook_runtime, control_of(guard), PLACE);
}

/* An exception left the initialiser: the next thread tries again. */
HOOK(void, __cxa_guard_abort, uint64_t *guard)
{
	if (is_watched(PLACE))
		once_abandon(hook_runtime, control_of(guard), PLACE);
	else
		REAL(__cxa_guard_abort)(guard);
}
