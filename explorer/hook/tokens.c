/*
 * Functions of libc that look for something in strings, or cut them up: what
 * they read and write, each one operation.
 */
#include <string.h>
#include <strings.h>

#include "hook/hook.h"
#include "hook/libc_state.h"

/* Some of these are macros as well. */
#undef strstr
#undef strpbrk
#undef strspn
#undef strcspn

static void reads_string(const char *string, uintptr_t place)
{
	if (hook_runtime && string)
		hook_reads(string, strlen(string) + 1, place);
}

EXPORT char *strstr(const char *text, const char *part)
{
	reads_string(text, PLACE);
	reads_string(part, PLACE);
	return REAL(strstr)(text, part);
}

EXPORT size_t strspn(const char *text, const char *set)
{
	size_t length = REAL(strspn)(text, set);

	reads_string(set, PLACE);
	hook_reads(text, length + 1, PLACE);
	return REAL(strspn)(text, set);
}

EXPORT size_t strcspn(const char *text, const char *set)
{
	size_t length = REAL(strcspn)(text, set);

	reads_string(set, PLACE);
	hook_reads(text, length + 1, PLACE);
	return REAL(strcspn)(text, set);
}

EXPORT char *strpbrk(const char *text, const char *set)
{
	size_t length = REAL(strcspn)(text, set);

	reads_string(set, PLACE);
	hook_reads(text, length + 1, PLACE);
	return REAL(strpbrk)(text, set);
}

/* As far as two strings are looked at to compare them. */
static void reads_alike(const char *a, const char *b, size_t most,
			uintptr_t place)
{
	size_t length = 0;

	if (!hook_runtime)
		return;
	while (length < most && a[length] &&
	       REAL(strncasecmp)(a + length, b + length, 1) == 0)
		length++;
	length += length < most;
	hook_reads(a, length, place);
	hook_reads(b, length, place);
}

EXPORT int strcasecmp(const char *a, const char *b)
{
	reads_alike(a, b, SIZE_MAX, PLACE);
	return REAL(strcasecmp)(a, b);
}

EXPORT int strncasecmp(const char *a, const char *b, size_t most)
{
	reads_alike(a, b, most, PLACE);
	return REAL(strncasecmp)(a, b, most);
}

/* The next token of the text: it is read up to its end, and an end is put
 * there. */
static void cuts_token(char *text, const char *set, uintptr_t place)
{
	size_t before = REAL(strspn)(text, set);
	size_t length = REAL(strcspn)(text + before, set);

	reads_string(set, place);
	hook_reads(text, before + length + 1, place);
	if (length > 0 && text[before + length])
		hook_writes(text + before + length, 1, place);
}

static char *cut_token(char *text, const char *set, char **rest,
		       uintptr_t place)
{
	if (text || *rest)
		cuts_token(text ? text : *rest, set, place);
	return REAL(strtok_r)(text, set, rest);
}

/* Where it goes on is one place for all threads. That moves on in the very step
 * in which it is announced: what is done to the text are steps of their own, in
 * between which others may call. */
EXPORT char *strtok(char *restrict text, const char *restrict set)
{
	char **rest;
	char *end;
	size_t length;

	if (!hook_runtime)
		return REAL(strtok)(text, set);
	libc_state_write(LIBC_STRTOK, PLACE);
	rest = &hook_runtime->state.token_rest;
	if (!text)
		text = *rest;
	if (!text)
		return NULL;
	*rest = text + REAL(strspn)(text, set);
	length = REAL(strcspn)(*rest, set);
	*rest += length + ((*rest)[length] != 0);
	cuts_token(text, set, PLACE);
	return REAL(strtok_r)(text, set, &end);
}

EXPORT char *strtok_r(char *restrict text, const char *restrict set,
		      char **restrict rest)
{
	if (!hook_runtime)
		return REAL(strtok_r)(text, set, rest);
	if (!text)
		hook_reads(rest, sizeof(*rest), PLACE);
	hook_writes(rest, sizeof(*rest), PLACE);
	return cut_token(text, set, rest, PLACE);
}

EXPORT char *__strtok_r(char *restrict text, const char *restrict set,
			char **restrict rest);
char *__strtok_r(char *restrict text, const char *restrict set,
		 char **restrict rest)
{
	return strtok_r(text, set, rest);
}

EXPORT char *strsep(char **restrict rest, const char *restrict set)
{
	if (hook_runtime) {
		hook_reads(rest, sizeof(*rest), PLACE);
		hook_writes(rest, sizeof(*rest), PLACE);
		if (*rest) {
			size_t length = REAL(strcspn)(*rest, set);

			reads_string(set, PLACE);
			hook_reads(*rest, length + 1, PLACE);
			if ((*rest)[length])
				hook_writes(*rest + length, 1, PLACE);
		}
	}
	return REAL(strsep)(rest, set);
}
