/*
 * What is done once.
 */
#include <pthread.h>
#include <threads.h>

#include "hook/hook.h"
#include "runtime/once.h"

EXPORT int pthread_once(pthread_once_t *control, void (*routine)(void))
{
	if (hook_runtime)
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
