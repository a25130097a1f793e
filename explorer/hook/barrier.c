/*
 * Barriers.
 */
#include <pthread.h>

#include "hook/hook.h"
#include "runtime/barrier.h"

EXPORT int
pthread_barrier_init(pthread_barrier_t *restrict barrier,
		     const pthread_barrierattr_t *restrict attributes,
		     unsigned count)
{
	if (hook_runtime)
		return barrier_init(hook_runtime, barrier, count, PLACE);
	return REAL(pthread_barrier_init)(barrier, attributes, count);
}

EXPORT int pthread_barrier_destroy(pthread_barrier_t *barrier)
{
	if (hook_runtime)
		return barrier_destroy(hook_runtime, barrier, PLACE);
	return REAL(pthread_barrier_destroy)(barrier);
}

EXPORT int pthread_barrier_wait(pthread_barrier_t *barrier)
{
	if (hook_runtime)
		return barrier_wait(hook_runtime, barrier, PLACE);
	return REAL(pthread_barrier_wait)(barrier);
}
