/*
 * What the C library writes when an assertion fails:
 *
 *     program: file.c:12: function: Assertion `x == 4' failed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pool/naming.h"
#include "pool/native_run.h"

#define BEFORE ": Assertion `"
#define AFTER  "' failed."

/* Cuts off what stands behind the last ": " and returns it; NULL if there is
 * none. */
static char *cut_last(char *line)
{
	char *colon = NULL;

	for (char *at = strstr(line, ": "); at; at = strstr(at + 1, ": "))
		colon = at;
	if (!colon)
		return NULL;
	*colon = '\0';
	return colon + 2;
}

static struct source_place place_in(char *line)
{
	struct source_place place = {0};
	char *function = cut_last(line);
	char *file = function ? cut_last(line) : NULL;
	char *colon = file ? strrchr(file, ':') : NULL;

	if (!colon)
		return place;
	*colon = '\0';
	place.file = string_copy(file);
	place.function = string_copy(function);
	place.line = (unsigned)strtoul(colon + 1, NULL, 10);
	return place;
}

char *assertion_in_output(const struct outcome *outcome,
			  struct source_place *ret_place)
{
	char *output = text_format(
		"%.*s", (int)outcome->output_length,
		outcome->output_length ? (const char *)outcome->output : "");
	char *before = strstr(output, BEFORE);
	char *after = before ? strstr(before, AFTER) : NULL;
	char *text = NULL;

	if (after) {
		char *line;

		*after = '\0';
		*before = '\0';
		text = string_copy(before + strlen(BEFORE));
		line = strrchr(output, '\n');
		*ret_place = place_in(line ? line + 1 : output);
	}
	free(output);
	return text;
}
