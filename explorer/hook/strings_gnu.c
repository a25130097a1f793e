/*
 * What GNU's C library has besides, to copy and search memory and strings:
 * accesses to ranges.
 */
#include <string.h>

#include "hook/hook.h"
#include "runtime/memory.h"

static size_t length_up_to(const char *string, size_t most)
{
	const char *end = memchr(string, 0, most);

	return end ? (size_t)(end - string) : most;
}

EXPORT void *memccpy(void *restrict to, const void *restrict from, int last,
		     size_t bytes)
{
	const char *end = hook_runtime ? memchr(from, last, bytes) : NULL;

	if (hook_runtime)
		memory_copy(hook_runtime, (uintptr_t)to, (uintptr_t)from,
			    end ? (size_t)(end - (const char *)from) + 1
				: bytes,
			    PLACE);
	return REAL(memccpy)(to, from, last, bytes);
}

EXPORT char *stpncpy(char *restrict to, const char *restrict from, size_t bytes)
{
	if (hook_runtime) {
		hook_reads(from, length_up_to(from, bytes), PLACE);
		hook_writes(to, bytes, PLACE);
	}
	return REAL(stpncpy)(to, from, bytes);
}

EXPORT void *memrchr(const void *from, int value, size_t bytes)
{
	hook_reads(from, bytes, PLACE);
	return REAL(memrchr)(from, value, bytes);
}

EXPORT void *rawmemchr(const void *from, int value)
{
	if (hook_runtime)
		hook_reads(from,
			   (size_t)((char *)REAL(rawmemchr)(from, value) -
				    (const char *)from) +
				   1,
			   PLACE);
	return REAL(rawmemchr)(from, value);
}

EXPORT void *memmem(const void *from, size_t bytes, const void *wanted,
		    size_t wanted_bytes)
{
	hook_reads(from, bytes, PLACE);
	hook_reads(wanted, wanted_bytes, PLACE);
	return REAL(memmem)(from, bytes, wanted, wanted_bytes);
}

EXPORT char *strchrnul(const char *string, int value)
{
	if (hook_runtime)
		hook_reads(string,
			   (size_t)(REAL(strchrnul)(string, value) - string) +
				   1,
			   PLACE);
	return REAL(strchrnul)(string, value);
}

EXPORT char *strcasestr(const char *string, const char *wanted)
{
	if (hook_runtime) {
		hook_reads(string, strlen(string) + 1, PLACE);
		hook_reads(wanted, strlen(wanted) + 1, PLACE);
	}
	return REAL(strcasestr)(string, wanted);
}

EXPORT int strcoll(const char *a, const char *b)
{
	if (hook_runtime) {
		hook_reads(a, strlen(a) + 1, PLACE);
		hook_reads(b, strlen(b) + 1, PLACE);
	}
	return REAL(strcoll)(a, b);
}
