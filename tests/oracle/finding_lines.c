/* See finding_lines.h. */
#include "oracle/finding_lines.h"

#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"

static json_int_t line_of(const json_t *object)
{
	return json_integer_value(json_object_get(object, "line"));
}

static const char *text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text == NULL ? "" : text;
}

static char *race_line(const json_t *finding)
{
	const json_t *accesses = json_object_get(finding, "accesses");
	const json_int_t a = line_of(json_array_get(accesses, 0));
	const json_int_t b = line_of(json_array_get(accesses, 1));
	char *line;

	return asprintf(&line, "data-race %lld %lld", a < b ? a : b,
			a < b ? b : a) < 0
		       ? NULL
		       : line;
}

static const json_t *thread_named(const json_t *threads, const char *name)
{
	const json_t *thread;
	size_t i;

	json_array_foreach(threads, i, thread)
	{
		if (strcmp(text_of(thread, "thread"), name) == 0)
			return thread;
	}
	return NULL;
}

/* Whether who holds what the thread waits for waits, at some remove, for the
 * thread. */
static bool is_in_circle(const json_t *threads, const json_t *thread)
{
	const json_t *next = thread;

	for (size_t i = 0; next != NULL && i < json_array_size(threads); i++) {
		next = thread_named(threads, text_of(next, "held_by"));
		if (next == thread)
			return true;
	}
	return false;
}

static char *place_text(const json_t *thread)
{
	const bool is_main = strcmp(text_of(thread, "thread"), "main") == 0;
	char *text;

	if (is_main)
		return strdup("main");
	return asprintf(&text, "%lld", line_of(thread)) < 0 ? NULL : text;
}

static int by_text(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

/* The circle is what a deadlock is known by; who else waits is only shown. */
static char *deadlock_line(const json_t *finding)
{
	const json_t *threads = json_object_get(finding, "threads");
	const json_t *thread;
	struct lines places = {0};
	bool circle = false;
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);
	size_t i;

	json_array_foreach(threads, i, thread) circle |=
		is_in_circle(threads, thread);
	json_array_foreach(threads, i, thread)
	{
		if (!circle || is_in_circle(threads, thread))
			lines_add(&places, place_text(thread));
	}
	qsort(places.at, places.count, sizeof(*places.at), by_text);
	fputs("deadlock", stream);
	for (i = 0; i < places.count; i++)
		fprintf(stream, " %s", places.at[i]);
	fclose(stream);
	lines_fini(&places);
	return text;
}

char *finding_lines(const json_t *answer)
{
	const json_t *finding;
	struct lines lines = {0};
	size_t i;

	json_array_foreach(json_object_get(answer, "findings"), i, finding)
	{
		const char *kind = text_of(finding, "kind");
		char *line = NULL;

		if (strcmp(kind, "data-race") == 0)
			line = race_line(finding);
		else if (strcmp(kind, "deadlock") == 0)
			line = deadlock_line(finding);
		else if (asprintf(&line, "%s %lld", kind, line_of(finding)) < 0)
			line = NULL;
		lines_add(&lines, line);
	}
	return lines_join(&lines);
}
