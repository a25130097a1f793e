/*
 * Functions on memory and strings, which the search watches: they still do what
 * they should, at the edges, too.
 */
#include "check.h"

#include <limits.h>
#include <stdlib.h>
#include <strings.h>
#include <wchar.h>

static char text[32];
static const char *empty = "";

static void memory(void)
{
	static char other[32];

	memset(text, 'x', sizeof(text));
	CHECK_VALUE(mempcpy(text, "abcdef", 6) == text + 6);
	CHECK_VALUE(memcpy(other, text, 8) == other);
	CHECK_VALUE(memcmp(other, text, 8));
	CHECK_VALUE(memcmp("a", "b", 1) < 0);
	CHECK_VALUE(memcmp("a", "b", 0));
	CHECK_VALUE((char *)memchr(text, 'c', 6) - text);
	CHECK_VALUE(memchr(text, 'c', 2) == NULL);
	CHECK_VALUE(memmove(text + 2, text, 6) == text + 2);
	printf("%.8s\n", text);
	CHECK_VALUE(memmove(text, text + 2, 6) == text);
	printf("%.8s\n", text);
	bcopy(text, text + 1, 4);
	printf("%.8s\n", text);
	bzero(text, 4);
	CHECK_VALUE(text[0] + text[3]);
	CHECK_VALUE(text[4]);
	CHECK_VALUE(memset(text, 300, 1) == text);
	CHECK_VALUE(text[0]);
}

static void copying(void)
{
	CHECK_VALUE(stpcpy(text, "abc") - text);
	CHECK_VALUE(strcpy(text, "abcd") == text);
	CHECK_VALUE(strlen(text));
	CHECK_VALUE(strlen(empty));
	CHECK_VALUE(strnlen(text, 2));
	CHECK_VALUE(strnlen(text, 20));
	memset(text, 'x', sizeof(text));
	CHECK_VALUE(strncpy(text, "ab", 5) == text);
	CHECK_VALUE(text[2] + text[4]);
	CHECK_VALUE(text[5]);
	CHECK_VALUE(strcat(text, "cd") == text);
	CHECK_VALUE(strncat(text, "efgh", 2) == text);
	printf("%s\n", text);
	CHECK_VALUE(strlen(strncat(text, "ijk", 0)));
}

static void looking(void)
{
	strcpy(text, "abcabc");
	CHECK_VALUE(strchr(text, 'b') - text);
	CHECK_VALUE(strrchr(text, 'b') - text);
	CHECK_VALUE(strchr(text, 0) - text);
	CHECK_VALUE(strrchr(text, 0) - text);
	CHECK_VALUE(strchr(text, 'z') == NULL);
	CHECK_VALUE(strcmp(text, "abcabd") < 0);
	CHECK_VALUE(strcmp(text, "abc") > 0);
	CHECK_VALUE(strcmp("\xff", "a") > 0);
	CHECK_VALUE(strncmp(text, "abd", 2));
	CHECK_VALUE(strncmp(text, "abd", 3) < 0);
	CHECK_VALUE(strncmp(empty, empty, 9));
}

/* Those of GNU's library alone. */
static void rarely_used(void)
{
	char to[8] = "zzzzzzz";

	CHECK_VALUE((char *)memccpy(to, "abcdef", 'c', 6) - to);
	CHECK_VALUE(memccpy(to, "xy", 'c', 2) == NULL);
	printf("%s\n", to);
	CHECK_VALUE(stpncpy(to, "ab", 5) - to);
	CHECK_VALUE(stpncpy(to, "abcdef", 3) - to);
	CHECK_VALUE((char *)memrchr(to, 'a', 8) - to);
	CHECK_VALUE(memrchr(to, 'q', 8) == NULL);
	CHECK_VALUE((char *)rawmemchr(to, 'c') - to);
	CHECK_VALUE((char *)memmem(to, 8, "bc", 2) - to);
	CHECK_VALUE(memmem(to, 2, "bc", 2) == NULL);
	CHECK_VALUE(strchrnul(to, 'b') - to);
	CHECK_VALUE(strchrnul(to, 'q') - to);
	CHECK_VALUE(strcasestr(to, "BC") - to);
	CHECK_VALUE(strcasestr(to, "cb") == NULL);
	CHECK_VALUE(strcoll("a", "b") < 0);
	CHECK_VALUE(strcoll(to, to));
}

static void wide(void)
{
	wchar_t to[8] = L"zzzzzzz";
	wchar_t *copy = wcsdup(L"twin");

	CHECK_VALUE(wcslen(copy));
	CHECK_VALUE(wcscmp(copy, L"twin"));
	CHECK_VALUE(wcscmp(copy, L"twit") < 0);
	CHECK_VALUE(wcsncmp(copy, L"twit", 3));
	CHECK_VALUE(wcsncmp(copy, L"", 0));
	CHECK_VALUE(wcscpy(to, L"ab") == to);
	CHECK_VALUE(wcscat(to, L"cd") == to);
	CHECK_VALUE(wcslen(to));
	CHECK_VALUE(wcsncpy(to, L"xyz", 2) == to);
	CHECK_VALUE(wcscmp(to, L"xycd"));
	CHECK_VALUE(wcsncpy(to, L"x", 8)[7]);
	CHECK_VALUE(wmemset(to, L'q', 3) == to);
	CHECK_VALUE(wmemcpy(to + 3, L"rs", 3) == to + 3);
	CHECK_VALUE(wmemmove(to + 1, to, 4) == to + 1);
	CHECK_VALUE(wmemcmp(to, L"qqqqrs", 5));
	CHECK_VALUE(wmemcmp(to, L"qqqqs", 5) < 0);
	free(copy);
}

static void duplicating(void)
{
	char *copy = strdup("abc");
	char *part = strndup("abc", 2);
	char *whole = strndup(copy, 9);

	printf("%s %s %s\n", copy, part, whole);
	free(copy);
	free(part);
	free(whole);
}

static void numbers(void)
{
	const char *number = " -12x";
	char *end;

	CHECK_VALUE(atoi(number));
	CHECK_VALUE(atol("+7"));
	CHECK_VALUE(atoll(empty));
	CHECK_VALUE(strtol(number, &end, 10));
	CHECK_VALUE(end - number);
	CHECK_VALUE(strtol("0x1f", NULL, 0));
	CHECK_VALUE(strtol("077", NULL, 0));
	CHECK_VALUE(strtol("zz", NULL, 36));
	CHECK_ERRNO(strtol("99999999999999999999", NULL, 10) == LONG_MAX);
	CHECK_ERRNO(strtoul("-1", NULL, 10) == ULONG_MAX);
	CHECK_ERRNO(strtoll("-99999999999999999999", NULL, 10) == LLONG_MIN);
	CHECK_ERRNO(strtoull("99999999999999999999", NULL, 10) == ULLONG_MAX);
	CHECK_ERRNO((int)strtol("1", NULL, 77));
	CHECK_VALUE(strtod("2.5e1z", &end) * 10);
	CHECK_VALUE(*end);
}

static int by_number(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void sorting(void)
{
	int values[] = {5, 3, 9, 1, 3};

	qsort(values, 5, sizeof(*values), by_number);
	for (int i = 0; i < 5; i++)
		CHECK_VALUE(values[i]);
	qsort(values, 0, sizeof(*values), by_number);
	CHECK_VALUE(values[0]);
}

int main(void)
{
	memory();
	copying();
	looking();
	rarely_used();
	wide();
	duplicating();
	numbers();
	sorting();
	return 0;
}
