/*
 * Semaphores.
 */
#include <fcntl.h>
#include <semaphore.h>
#include <stdarg.h>
#include <string.h>

#include "hook/hook.h"
#include "runtime/semaphore.h"
#include "runtime/semaphore_named.h"

EXPORT int sem_init(sem_t *semaphore, int shared, unsigned value)
{
	if (hook_runtime)
		return semaphore_init(hook_runtime, semaphore, shared, value,
				      PLACE);
	return REAL(sem_init)(semaphore, shared, value);
}

#define SEMAPHORE_HOOK(name)                                                   \
	EXPORT int sem_##name(sem_t *semaphore)                                \
	{                                                                      \
		if (hook_runtime)                                              \
			return semaphore_##name(hook_runtime, semaphore,       \
						PLACE);                        \
		return REAL(sem_##name)(semaphore);                            \
	}

SEMAPHORE_HOOK(destroy)
SEMAPHORE_HOOK(wait)
SEMAPHORE_HOOK(trywait)
SEMAPHORE_HOOK(post)

EXPORT int sem_timedwait(sem_t *restrict semaphore,
			 const struct timespec *restrict time)
{
	struct deadline deadline;

	if (!hook_runtime)
		return REAL(sem_timedwait)(semaphore, time);
	deadline = deadline_of(hook_runtime, time, PLACE);
	return semaphore_wait_until(hook_runtime, semaphore, &deadline, PLACE);
}

EXPORT int sem_clockwait(sem_t *restrict semaphore, clockid_t clock,
			 const struct timespec *restrict time)
{
	struct deadline deadline;

	if (!hook_runtime)
		return REAL(sem_clockwait)(semaphore, clock, time);
	deadline = deadline_of(hook_runtime, time, PLACE);
	deadline.invalid |= !deadline_may_be_by(clock);
	return semaphore_wait_until(hook_runtime, semaphore, &deadline, PLACE);
}

EXPORT int sem_getvalue(sem_t *restrict semaphore, int *restrict ret_value)
{
	int result;
	int value;

	if (!hook_runtime)
		return REAL(sem_getvalue)(semaphore, ret_value);
	result = semaphore_getvalue(hook_runtime, semaphore, &value, PLACE);
	hook_writes(ret_value, sizeof(*ret_value), PLACE);
	*ret_value = value;
	return result;
}

/* --- Named ones */

EXPORT sem_t *sem_open(const char *name, int flags, ...)
{
	mode_t mode = 0;
	unsigned value = 0;
	va_list rest;

	if (flags & O_CREAT) {
		va_start(rest, flags);
		mode = va_arg(rest, mode_t);
		value = va_arg(rest, unsigned);
		va_end(rest);
	}
	if (!hook_runtime)
		return REAL(sem_open)(name, flags, mode, value);
	hook_reads(name, strlen(name) + 1, PLACE);
	return semaphore_open(hook_runtime, name, flags, value, PLACE);
}

EXPORT int sem_close(sem_t *semaphore)
{
	if (hook_runtime)
		return semaphore_close(hook_runtime, semaphore, PLACE);
	return REAL(sem_close)(semaphore);
}

EXPORT int sem_unlink(const char *name)
{
	if (!hook_runtime)
		return REAL(sem_unlink)(name);
	hook_reads(name, strlen(name) + 1, PLACE);
	return semaphore_unlink(hook_runtime, name, PLACE);
}
