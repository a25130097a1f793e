/*
 * The keys of a trace file, one a line, in any order. Those that make a list
 * may stand again and again.
 */
#include "trace/trace_keys.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "trace/trace_format.h"

static bool read_string(struct trace_keys *reader, void *field)
{
	return line_string(reader->lines, field);
}

static bool read_flag(struct trace_keys *reader, void *field)
{
	bool *flag = field;

	*flag = true;
	return !reader->lines->failed;
}

static bool add_string(struct trace_keys *reader, char ***list, size_t *count)
{
	char *string;

	if (!line_string(reader->lines, &string))
		return false;
	*list = list_grow(*list, *count, sizeof(**list));
	(*list)[(*count)++] = string;
	return true;
}

static bool read_argument(struct trace_keys *reader, void *field)
{
	struct trace *trace = field;

	return add_string(reader, &trace->arguments, &trace->argument_count);
}

static bool read_watch(struct trace_keys *reader, void *field)
{
	struct trace *trace = field;

	return add_string(reader, &trace->watched, &trace->watched_count);
}

static bool read_visible(struct trace_keys *reader, void *field)
{
	struct trace *trace = field;
	struct visible_name visible = {0};
	struct visible_name *known;

	if (!line_string(reader->lines, &visible.name))
		return false;
	trace->visible = list_grow(trace->visible, trace->visible_count,
				   sizeof(*trace->visible));
	trace->visible[trace->visible_count] = visible;
	known = &trace->visible[trace->visible_count++];
	return line_number(reader->lines, UINT64_MAX, &known->bytes) &&
	       (line_is_done(reader->lines) ||
		line_number(reader->lines, UINT64_MAX, &known->block));
}

static bool read_finding(struct trace_keys *reader, void *field)
{
	enum finding_kind *finding = field;
	const char *names[FINDING_COUNT];
	size_t kind;

	for (unsigned i = 0; i < FINDING_COUNT; i++)
		names[i] = finding_name((enum finding_kind)i);
	if (!line_name(reader->lines, names, FINDING_COUNT, "kind of finding",
		       &kind))
		return false;
	*finding = (enum finding_kind)kind;
	return true;
}

static bool read_outcome(struct trace_keys *reader, void *field)
{
	struct outcome *outcome = field;
	const char *names[END_COUNT];
	size_t end;

	for (unsigned i = 0; i < END_COUNT; i++)
		names[i] = end_name((enum end_kind)i);
	if (!line_name(reader->lines, names, END_COUNT, "way to end", &end))
		return false;
	outcome->end = (enum end_kind)end;
	return true;
}

static bool read_status(struct trace_keys *reader, void *field)
{
	struct outcome *outcome = field;
	uint64_t status;

	if (!line_number(reader->lines, INT32_MAX, &status))
		return false;
	outcome->has_status = true;
	outcome->status = (int)status;
	return true;
}

static bool read_value(struct trace_keys *reader, void *field)
{
	static const char *const kinds[] = TRACE_VALUE_KINDS;
	struct outcome *outcome = field;
	struct value *value;
	char *name;
	size_t kind;

	if (!line_string(reader->lines, &name))
		return false;
	outcome->values = list_grow(outcome->values, outcome->value_count,
				    sizeof(*outcome->values));
	value = &outcome->values[outcome->value_count++];
	*value = (struct value){.name = name};
	if (!line_name(reader->lines, kinds, sizeof(kinds) / sizeof(kinds[0]),
		       "kind of value", &kind))
		return false;
	value->kind = (enum value_kind)kind;
	return line_string(reader->lines, &value->text);
}

static bool read_lost_updates(struct trace_keys *reader, void *field)
{
	return line_number(reader->lines, UINT64_MAX, field);
}

/* Each piece is appended to the output so far. */
static bool read_output(struct trace_keys *reader, void *field)
{
	struct outcome *outcome = field;

	if (!line_bytes(reader->lines))
		return false;
	buffer_put(&reader->output, reader->lines->string.data,
		   reader->lines->string.length);
	outcome->output = reader->output.data;
	outcome->output_length = reader->output.length;
	return true;
}

static bool read_output_total(struct trace_keys *reader, void *field)
{
	struct outcome *outcome = field;

	return line_number(reader->lines, UINT64_MAX, &outcome->output_total) &&
	       line_hash(reader->lines, &outcome->output_digest);
}

static const struct key {
	const char *name;
	bool (*read)(struct trace_keys *reader, void *field);
	size_t offset; /* of the field within struct trace */
	enum { ONCE, AGAIN } may_stand;
} keys[] = {
	{"program", read_string, offsetof(struct trace, program), ONCE},
	{"argument", read_argument, 0, AGAIN},
	{"sources", read_string, offsetof(struct trace, sources), ONCE},
	{"cflags", read_string, offsetof(struct trace, cflags), ONCE},
	{"optimised", read_flag, offsetof(struct trace, optimised), ONCE},
	{"stdin", read_string, offsetof(struct trace, input), ONCE},
	{"source-hash", read_string, offsetof(struct trace, source_hash), ONCE},
	{"build-id", read_string, offsetof(struct trace, build_id), ONCE},
	{"strategy", read_string, offsetof(struct trace, strategy), ONCE},
	{"uninitialised", read_flag, offsetof(struct trace, uninitialised),
	 ONCE},
	{"leaks", read_flag, offsetof(struct trace, leaks), ONCE},
	{"watch", read_watch, 0, AGAIN},
	{"expect", read_string, offsetof(struct trace, expect), ONCE},
	{"visible", read_visible, 0, AGAIN},
	{"clock-is-read", read_flag, offsetof(struct trace, clock_is_read),
	 ONCE},
	{"note", read_string, offsetof(struct trace, note), ONCE},
	{"finding", read_finding, offsetof(struct trace, finding), ONCE},
	{"outcome", read_outcome, offsetof(struct trace, outcome), ONCE},
	{"status", read_status, offsetof(struct trace, outcome), ONCE},
	{"value", read_value, offsetof(struct trace, outcome), AGAIN},
	{"lost-updates", read_lost_updates,
	 offsetof(struct trace, outcome.lost_updates), ONCE},
	{"unexpected", read_flag, offsetof(struct trace, outcome.unexpected),
	 ONCE},
	{"message", read_string, offsetof(struct trace, outcome.message), ONCE},
	{"output", read_output, offsetof(struct trace, outcome), AGAIN},
	{"output-total", read_output_total, offsetof(struct trace, outcome),
	 ONCE},
};
#define KEY_COUNT (sizeof(keys) / sizeof(keys[0]))
static_assert(KEY_COUNT <= 64, "seen has a bit for each key");

/* KEY_COUNT if there is no such key; it is skipped otherwise. */
static size_t take_key(struct trace_keys *reader)
{
	size_t i = 0;

	while (i < KEY_COUNT && !line_take_word(reader->lines, keys[i].name))
		i++;
	return i;
}

static bool read_key(struct trace_keys *reader)
{
	struct line_reader *lines = reader->lines;
	size_t i = take_key(reader);
	uint64_t bit = (uint64_t)1 << i;

	if (i == KEY_COUNT)
		return line_fail(lines, "unknown key '%s'",
				 line_excerpt(lines));
	if ((reader->seen & bit) && keys[i].may_stand == ONCE)
		return line_fail(lines, "a second '%s'", keys[i].name);
	reader->seen |= bit;
	return keys[i].read(reader, (char *)reader->trace + keys[i].offset) &&
	       line_want_done(lines);
}

static bool want_key(struct trace_keys *reader, const char *name)
{
	for (size_t i = 0; i < KEY_COUNT; i++) {
		if (strcmp(keys[i].name, name) == 0 &&
		    (reader->seen & (uint64_t)1 << i))
			return true;
	}
	return line_fail(reader->lines, "'%s' is missing above", name);
}

bool trace_keys_read(struct trace_keys *reader)
{
	for (;;) {
		if (!line_want(reader->lines))
			return false;
		if (line_take_word(reader->lines, "schedule"))
			break;
		if (!read_key(reader))
			return false;
	}
	return want_key(reader, "program") && want_key(reader, "outcome");
}
