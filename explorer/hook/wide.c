/*
 * Strings of wide characters: accesses to ranges, as those of bytes are.
 *
 * What libc then does with them it does by itself, its own names unseen.
 */
#include <stdlib.h>
#include <wchar.h>

#include "hook/hook.h"
#include "runtime/memory.h"

static void copies(const wchar_t *to, const wchar_t *from, size_t count,
		   uintptr_t place)
{
	memory_copy(hook_runtime, (uintptr_t)to, (uintptr_t)from,
		    count * sizeof(*to), place);
}

static void reads(const wchar_t *from, size_t count, uintptr_t place)
{
	hook_reads(from, count * sizeof(*from), place);
}

static void writes(wchar_t *to, size_t count, uintptr_t place)
{
	hook_writes(to, count * sizeof(*to), place);
}

static size_t length_of(const wchar_t *string)
{
	return REAL(wcslen)(string);
}

static size_t length_up_to(const wchar_t *string, size_t most)
{
	return REAL(wcsnlen)(string, most);
}

/* --- Memory */

EXPORT wchar_t *wmemcpy(wchar_t *restrict to, const wchar_t *restrict from,
			size_t count)
{
	if (hook_runtime)
		copies(to, from, count, PLACE);
	return REAL(wmemcpy)(to, from, count);
}

EXPORT wchar_t *wmemmove(wchar_t *to, const wchar_t *from, size_t count)
{
	if (hook_runtime)
		copies(to, from, count, PLACE);
	return REAL(wmemmove)(to, from, count);
}

EXPORT wchar_t *wmempcpy(wchar_t *restrict to, const wchar_t *restrict from,
			 size_t count)
{
	if (hook_runtime)
		copies(to, from, count, PLACE);
	/* cppcheck-suppress CastIntegerToAddressAtReturn */
	return REAL(wmempcpy)(to, from, count);
}

EXPORT wchar_t *wmemset(wchar_t *to, wchar_t value, size_t count)
{
	writes(to, count, PLACE);
	return REAL(wmemset)(to, value, count);
}

EXPORT int wmemcmp(const wchar_t *a, const wchar_t *b, size_t count)
{
	reads(a, count, PLACE);
	reads(b, count, PLACE);
	return REAL(wmemcmp)(a, b, count);
}

/* --- Strings */

static void copies_string(const wchar_t *to, const wchar_t *from,
			  uintptr_t place)
{
	if (hook_runtime)
		copies(to, from, length_of(from) + 1, place);
}

/* So many characters are written, whatever is read. */
static void copies_padded(wchar_t *to, const wchar_t *from, size_t count,
			  uintptr_t place)
{
	if (!hook_runtime)
		return;
	reads(from, length_up_to(from, count), place);
	writes(to, count, place);
}

EXPORT size_t wcslen(const wchar_t *string)
{
	if (hook_runtime)
		reads(string, length_of(string) + 1, PLACE);
	return REAL(wcslen)(string);
}

EXPORT wchar_t *wcscpy(wchar_t *restrict to, const wchar_t *restrict from)
{
	copies_string(to, from, PLACE);
	return REAL(wcscpy)(to, from);
}

EXPORT wchar_t *wcsncpy(wchar_t *restrict to, const wchar_t *restrict from,
			size_t count)
{
	copies_padded(to, from, count, PLACE);
	return REAL(wcsncpy)(to, from, count);
}

EXPORT wchar_t *wcpcpy(wchar_t *restrict to, const wchar_t *restrict from)
{
	copies_string(to, from, PLACE);
	/* cppcheck-suppress CastIntegerToAddressAtReturn */
	return REAL(wcpcpy)(to, from);
}

EXPORT wchar_t *wcpncpy(wchar_t *restrict to, const wchar_t *restrict from,
			size_t count)
{
	copies_padded(to, from, count, PLACE);
	/* cppcheck-suppress CastIntegerToAddressAtReturn */
	return REAL(wcpncpy)(to, from, count);
}

EXPORT wchar_t *wcsncat(wchar_t *restrict to, const wchar_t *restrict from,
			size_t most)
{
	size_t end;

	if (hook_runtime) {
		end = length_of(to);
		reads(to, end + 1, PLACE);
		copies(to + end, from, length_up_to(from, most), PLACE);
		writes(to + length_of(to) + length_up_to(from, most), 1, PLACE);
	}
	return REAL(wcsncat)(to, from, most);
}

EXPORT wchar_t *wcscat(wchar_t *restrict to, const wchar_t *restrict from)
{
	if (hook_runtime) {
		reads(to, length_of(to) + 1, PLACE);
		copies(to + length_of(to), from, length_of(from) + 1, PLACE);
	}
	return REAL(wcscat)(to, from);
}

/* As far as two strings are looked at to compare them. */
static size_t compared(const wchar_t *a, const wchar_t *b, size_t most)
{
	size_t count = 0;

	while (count < most && a[count] && a[count] == b[count])
		count++;
	return count < most ? count + 1 : most;
}

static void reads_both(const wchar_t *a, const wchar_t *b, size_t most,
		       uintptr_t place)
{
	if (!hook_runtime)
		return;
	reads(a, compared(a, b, most), place);
	reads(b, compared(a, b, most), place);
}

EXPORT int wcscmp(const wchar_t *a, const wchar_t *b)
{
	reads_both(a, b, SIZE_MAX, PLACE);
	return REAL(wcscmp)(a, b);
}

EXPORT int wcsncmp(const wchar_t *a, const wchar_t *b, size_t most)
{
	reads_both(a, b, most, PLACE);
	return REAL(wcsncmp)(a, b, most);
}

EXPORT wchar_t *wcsdup(const wchar_t *string)
{
	size_t count;
	wchar_t *copy;

	if (!hook_runtime)
		/* cppcheck-suppress CastIntegerToAddressAtReturn */
		return REAL(wcsdup)(string);
	reads(string, length_of(string) + 1, PLACE);
	count = length_of(string) + 1;
	copy = hook_allocate(count * sizeof(*copy), PLACE);
	return copy ? REAL(wmemcpy)(copy, string, count) : NULL;
}
