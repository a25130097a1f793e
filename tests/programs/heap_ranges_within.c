/*
 * The same functions, and others that use the heap themselves, within bounds:
 * nothing is wrong with any of it.
 *
 * Verdict: verified
 * Outcome: exit 0 "12345678 1 2 3 3 line one 42\n"
 */
#define _GNU_SOURCE
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

struct flexible {
	int count;
	char name[];
};

static int ascending(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static struct flexible *flexible_of(const char *name)
{
	struct flexible *flexible =
		malloc(sizeof(*flexible) + strlen(name) + 1);

	flexible->count = (int)strlen(name);
	strcpy(flexible->name, name);
	return flexible;
}

int main(void)
{
	int *numbers = malloc(3 * sizeof(*numbers));
	struct flexible *flexible = flexible_of("12345678");
	char *text = strdup("1");
	char *joined = NULL;
	void *aligned = NULL;
	wchar_t *wide = calloc(4, sizeof(*wide));
	FILE *stream;
	struct tm *when = malloc(sizeof(*when));
	time_t zero = 0;
	char *line = NULL;
	size_t room = 0;
	int *found;

	for (int i = 0; i < 3; i++)
		numbers[i] = 3 - i;
	qsort(numbers, 3, sizeof(*numbers), ascending);
	found = bsearch(&numbers[1], numbers, 3, sizeof(*numbers), ascending);
	numbers = realloc(numbers, 100 * sizeof(*numbers));
	memset(numbers + 3, 0, 97 * sizeof(*numbers));
	numbers = realloc(numbers, 3 * sizeof(*numbers));
	if (asprintf(&joined, "%s %s", flexible->name, text) < 0)
		return 1;
	posix_memalign(&aligned, 256, 100);
	memset(aligned, 1, 100);
	wcscpy(wide, L"abc");
	gmtime_r(&zero, when);
	stream = fmemopen(joined, strlen(joined), "r");
	if (getline(&line, &room, stream) != 10)
		return 1;
	fclose(stream);
	printf("%s %d %d %d line one %d\n", line, numbers[1], numbers[2],
	       (int)wcslen(wide), when->tm_year - 70 + 42);
	free(text);
	text = malloc(flexible->count + 1);
	strncpy(text, flexible->name, flexible->count + 1);
	strtok(text, "5");
	free(text);
	free(line);
	free(joined);
	free(flexible);
	free(numbers);
	free(aligned);
	free(wide);
	free(when);
	free(NULL);
	return found == NULL;
}
