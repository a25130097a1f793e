/*
 * Names for trace files (see traces.h): `<program>-<kind or values>`.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pool/naming.h"
#include "pool/traces.h"

/* File systems take 255 bytes; a number and ".trace" follow. */
#define STEM_BYTES_MAX 120

static void add_program(struct buffer *stem, const char *program)
{
	const char *slash = strrchr(program, '/');
	const char *name = slash ? slash + 1 : program;
	const char *ending = text_source_ending(name);

	text_add(stem, "%.*s",
		 (int)(ending ? (size_t)(ending - name) : strlen(name)), name);
}

static void add_outcome(struct buffer *stem, const struct outcome *outcome)
{
	bool has_values = outcome->value_count > 0;

	if (outcome->end == END_STATE && has_values)
		text_add(stem, "%s-", end_name(outcome->end));
	else if (outcome->end != END_EXIT || !has_values) {
		text_add(stem, "%s", end_name(outcome->end));
		if (outcome->end == END_EXIT && outcome->status != 0)
			text_add(stem, "-%d", outcome->status);
		return;
	}
	for (size_t i = 0; i < outcome->value_count; i++)
		text_add(stem, "%s%s=%s", i ? "," : "", outcome->values[i].name,
			 outcome->values[i].text);
}

static void make_portable(char *stem)
{
	if (*stem == '-')
		*stem = '_';
	for (; *stem; stem++) {
		if (!isascii((unsigned char)*stem) ||
		    (!isalnum((unsigned char)*stem) &&
		     !strchr("=+_.,-", *stem)))
			*stem = '_';
	}
}

char *trace_stem(const char *program, const char *what,
		 const struct outcome *outcome)
{
	struct buffer stem = {0};

	add_program(&stem, program);
	text_add(&stem, "-");
	if (what)
		text_add(&stem, "%s", what);
	else
		add_outcome(&stem, outcome);
	if (stem.length > STEM_BYTES_MAX)
		stem.data[STEM_BYTES_MAX] = '\0';
	make_portable((char *)stem.data);
	return (char *)stem.data;
}
