/*
 * Functions of libc that keep something from one call to the next, for all
 * threads together: strtok(), localtime(), setenv() and their kin. Calls of two
 * threads that nothing orders are a data race, and which comes first matters.
 *
 * What they keep lies in libc, and is put back with it. Here it is stood for by
 * things (thing.h), which have names that a report can say: who calls accesses
 * them.
 */
#include "hook/libc_state.h"

#include <stdlib.h>
#include <time.h>

#include "hook/hook.h"
#include "runtime/thing.h"

ON_FIBER static void touch(enum libc_state state, bool write, uintptr_t place)
{
	if (hook_runtime && hook_runtime->current)
		memory_access(hook_runtime, thing_address(THING_LIBC, state),
			      THING_BYTES, write, place);
}

ON_FIBER void libc_state_read(enum libc_state state, uintptr_t place)
{
	touch(state, false, place);
}

ON_FIBER void libc_state_write(enum libc_state state, uintptr_t place)
{
	touch(state, true, place);
}

EXPORT struct tm *localtime(const time_t *moment)
{
	libc_state_write(LIBC_LOCALTIME, PLACE);
	/* cppcheck-suppress CastIntegerToAddressAtReturn */
	return REAL(localtime)(moment);
}

EXPORT struct tm *gmtime(const time_t *moment)
{
	libc_state_write(LIBC_LOCALTIME, PLACE);
	/* cppcheck-suppress CastIntegerToAddressAtReturn */
	return REAL(gmtime)(moment);
}

EXPORT char *asctime(const struct tm *parts)
{
	libc_state_write(LIBC_ASCTIME, PLACE);
	/* cppcheck-suppress CastIntegerToAddressAtReturn */
	return REAL(asctime)(parts);
}

/* As C has it, each half with what it writes. */
EXPORT char *ctime(const time_t *moment)
{
	const struct tm *parts;

	libc_state_write(LIBC_LOCALTIME, PLACE);
	parts = REAL(localtime)(moment);
	if (!parts)
		return NULL;
	libc_state_write(LIBC_ASCTIME, PLACE);
	/* cppcheck-suppress CastIntegerToAddressAtReturn */
	return REAL(asctime)(parts);
}

EXPORT char *getenv(const char *name)
{
	libc_state_read(LIBC_ENVIRONMENT, PLACE);
	/* cppcheck-suppress CastIntegerToAddressAtReturn */
	return REAL(getenv)(name);
}

EXPORT int setenv(const char *name, const char *value, int replace)
{
	libc_state_write(LIBC_ENVIRONMENT, PLACE);
	return REAL(setenv)(name, value, replace);
}

EXPORT int unsetenv(const char *name)
{
	libc_state_write(LIBC_ENVIRONMENT, PLACE);
	return REAL(unsetenv)(name);
}

EXPORT int putenv(char *assignment)
{
	libc_state_write(LIBC_ENVIRONMENT, PLACE);
	return REAL(putenv)(assignment);
}
