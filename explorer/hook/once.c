/*
 * What is done once.
 */
#include <pthread.h>
#include <string.h>
#include <threads.h>

#include "hook/hook.h"
#include "runtime/once.h"

/* The compiler's library sets itself up when the first exception is thrown, in
 * one go: nothing that the program could notice. */
static bool is_by_unwinder(uintptr_t place)
{
	const struct module *module =
		modules_at(&hook_runtime->world.modules, place);

	return module && strstr(module->path, "/libgcc_s.so");
}

EXPORT int pthread_once(pthread_once_t *control, void (*routine)(void))
{
	if (hook_runtime && !is_by_unwinder(PLACE))
		return once_run(hook_runtime, control, routine, PLACE);
	return REAL(pthread_once)(control, routine);
}

/* A once_flag is an int, as a pthread_once_t is. */
EXPORT void call_once(once_flag *flag, void (*function)(void))
{
	_Static_assert(sizeof(*flag) == sizeof(pthread_once_t),
		       "they are one in glibc");
	if (hook_runtime)
		once_run(hook_runtime, (pthread_once_t *)(void *)flag, function,
			 PLACE);
	else
		REAL(call_once)(flag, function);
}
