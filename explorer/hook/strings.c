/*
 * memcpy, strlen and their kin: accesses to ranges, each one operation.
 *
 * The names of base/own_names.h mean our own functions here too; the hooks are
 * therefore called otherwise and get their names by the assembler. libc's
 * inline and checked forms are announced alike.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/own_names.h"
#include "hook/hook.h"
#include "runtime/memory.h"

/* Declares a hook that is exported as `name`. */
#define NAMED(type, function, name, ...)                                       \
	EXPORT type function(__VA_ARGS__) __asm__(name);                       \
	type function(__VA_ARGS__)

static void copies(const void *to, const void *from, size_t bytes,
		   uintptr_t place)
{
	if (hook_runtime)
		memory_copy(hook_runtime, (uintptr_t)to, (uintptr_t)from, bytes,
			    place);
}

static size_t length_up_to(const char *string, size_t most)
{
	const char *end = memchr(string, 0, most);

	return end ? (size_t)(end - string) : most;
}

/* --- Memory */

NAMED(void *, hook_memcpy, "memcpy", void *to, const void *from, size_t bytes)
{
	copies(to, from, bytes, PLACE);
	return memcpy(to, from, bytes);
}

NAMED(void *, hook_memcpy_chk, "__memcpy_chk", void *to, const void *from,
      size_t bytes, size_t room)
{
	(void)room;
	copies(to, from, bytes, PLACE);
	return memcpy(to, from, bytes);
}

NAMED(void *, hook_mempcpy, "mempcpy", void *to, const void *from, size_t bytes)
{
	copies(to, from, bytes, PLACE);
	return (char *)memcpy(to, from, bytes) + bytes;
}

NAMED(void *, hook_memmove, "memmove", void *to, const void *from, size_t bytes)
{
	copies(to, from, bytes, PLACE);
	return memmove(to, from, bytes);
}

NAMED(void *, hook_memmove_chk, "__memmove_chk", void *to, const void *from,
      size_t bytes, size_t room)
{
	(void)room;
	copies(to, from, bytes, PLACE);
	return memmove(to, from, bytes);
}

NAMED(void, hook_bcopy, "bcopy", const void *from, void *to, size_t bytes)
{
	copies(to, from, bytes, PLACE);
	memmove(to, from, bytes);
}

NAMED(void *, hook_memset, "memset", void *to, int value, size_t bytes)
{
	hook_writes(to, bytes, PLACE);
	return memset(to, value, bytes);
}

NAMED(void *, hook_memset_chk, "__memset_chk", void *to, int value,
      size_t bytes, size_t room)
{
	(void)room;
	hook_writes(to, bytes, PLACE);
	return memset(to, value, bytes);
}

NAMED(void, hook_bzero, "bzero", void *to, size_t bytes)
{
	hook_writes(to, bytes, PLACE);
	memset(to, 0, bytes);
}

NAMED(int, hook_memcmp, "memcmp", const void *a, const void *b, size_t bytes)
{
	hook_reads(a, bytes, PLACE);
	hook_reads(b, bytes, PLACE);
	return memcmp(a, b, bytes);
}

NAMED(void *, hook_memchr, "memchr", const void *from, int value, size_t bytes)
{
	const char *found = memchr(from, value, bytes);

	hook_reads(from,
		   found ? (size_t)(found - (const char *)from) + 1 : bytes,
		   PLACE);
	return memchr(from, value, bytes);
}

/* --- Strings */

NAMED(size_t, hook_strlen, "strlen", const char *string)
{
	if (hook_runtime)
		hook_reads(string, strlen(string) + 1, PLACE);
	return strlen(string);
}

NAMED(size_t, hook_strnlen, "strnlen", const char *string, size_t most)
{
	if (hook_runtime)
		hook_reads(string, length_up_to(string, most), PLACE);
	return length_up_to(string, most);
}

NAMED(char *, hook_strcpy, "strcpy", char *to, const char *from)
{
	copies(to, from, strlen(from) + 1, PLACE);
	return memcpy(to, from, strlen(from) + 1);
}

NAMED(char *, hook_strcpy_chk, "__strcpy_chk", char *to, const char *from,
      size_t room)
{
	(void)room;
	copies(to, from, strlen(from) + 1, PLACE);
	return memcpy(to, from, strlen(from) + 1);
}

NAMED(char *, hook_stpcpy, "stpcpy", char *to, const char *from)
{
	size_t length;

	copies(to, from, strlen(from) + 1, PLACE);
	length = strlen(from);
	memcpy(to, from, length + 1);
	return to + length;
}

static char *copy_padded(char *to, const char *from, size_t bytes)
{
	size_t length = length_up_to(from, bytes);

	memcpy(to, from, length);
	memset(to + length, 0, bytes - length);
	return to;
}

NAMED(char *, hook_strncpy, "strncpy", char *to, const char *from, size_t bytes)
{
	hook_reads(from, length_up_to(from, bytes), PLACE);
	hook_writes(to, bytes, PLACE);
	return copy_padded(to, from, bytes);
}

NAMED(char *, hook_strncpy_chk, "__strncpy_chk", char *to, const char *from,
      size_t bytes, size_t room)
{
	(void)room;
	hook_reads(from, length_up_to(from, bytes), PLACE);
	hook_writes(to, bytes, PLACE);
	return copy_padded(to, from, bytes);
}

static char *append(char *to, const char *from, size_t length)
{
	char *end = to + strlen(to);

	memcpy(end, from, length);
	end[length] = 0;
	return to;
}

NAMED(char *, hook_strcat, "strcat", char *to, const char *from)
{
	hook_reads(to, strlen(to) + 1, PLACE);
	copies(to + strlen(to), from, strlen(from) + 1, PLACE);
	return append(to, from, strlen(from));
}

NAMED(char *, hook_strcat_chk, "__strcat_chk", char *to, const char *from,
      size_t room)
{
	(void)room;
	hook_reads(to, strlen(to) + 1, PLACE);
	copies(to + strlen(to), from, strlen(from) + 1, PLACE);
	return append(to, from, strlen(from));
}

NAMED(char *, hook_strncat, "strncat", char *to, const char *from, size_t most)
{
	hook_reads(to, strlen(to) + 1, PLACE);
	hook_reads(from, length_up_to(from, most), PLACE);
	hook_writes(to + strlen(to), length_up_to(from, most) + 1, PLACE);
	return append(to, from, length_up_to(from, most));
}

/* As far as two strings are looked at to compare them. */
static size_t compared(const char *a, const char *b, size_t most)
{
	size_t length = 0;

	while (length < most && a[length] && a[length] == b[length])
		length++;
	return length < most ? length + 1 : most;
}

static void reads_both(const char *a, const char *b, size_t most,
		       uintptr_t place)
{
	if (!hook_runtime)
		return;
	hook_reads(a, compared(a, b, most), place);
	hook_reads(b, compared(a, b, most), place);
}

NAMED(int, hook_strcmp, "strcmp", const char *a, const char *b)
{
	reads_both(a, b, SIZE_MAX, PLACE);
	return strcmp(a, b);
}

NAMED(int, hook_strncmp, "strncmp", const char *a, const char *b, size_t most)
{
	size_t length;

	reads_both(a, b, most, PLACE);
	length = compared(a, b, most);
	return length == 0 ? 0 : memcmp(a + length - 1, b + length - 1, 1);
}

NAMED(char *, hook_strchr, "strchr", const char *string, int value)
{
	char *found = memchr(string, value, strlen(string) + 1);

	hook_reads(string,
		   found ? (size_t)(found - string) + 1 : strlen(string) + 1,
		   PLACE);
	return memchr(string, value, strlen(string) + 1);
}

NAMED(char *, hook_strrchr, "strrchr", const char *string, int value)
{
	const char *found = NULL;

	if (hook_runtime)
		hook_reads(string, strlen(string) + 1, PLACE);
	for (size_t i = 0; i <= strlen(string); i++)
		if (string[i] == (char)value)
			found = string + i;
	return (char *)(uintptr_t)found;
}

NAMED(char *, hook_strdup, "strdup", const char *string)
{
	size_t bytes;
	char *copy;

	if (hook_runtime)
		hook_reads(string, strlen(string) + 1, PLACE);
	bytes = strlen(string) + 1;
	copy = hook_allocate(bytes, PLACE);
	return copy ? memcpy(copy, string, bytes) : NULL;
}

NAMED(char *, hook_strndup, "strndup", const char *string, size_t most)
{
	size_t length;
	char *copy;

	hook_reads(string, length_up_to(string, most), PLACE);
	length = length_up_to(string, most);
	copy = hook_allocate(length + 1, PLACE);
	if (!copy)
		return NULL;
	memcpy(copy, string, length);
	copy[length] = 0;
	return copy;
}
