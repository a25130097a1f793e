/*
 * The text behind an option. See option_value.h.
 */
#include "cli/option_value.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/diagnostic.h"
#include "base/text.h"
#include "cli/nearest.h"
#include "trace/result.h"

/* A year: longer than any search, and far from where a double loses
 * milliseconds. */
#define SECONDS_LEAST 0.001
#define SECONDS_MOST  (8760 * 3600.0)

static int parse_number(const struct option_row *row, const char *text,
			uint64_t *ret_number)
{
	char *end;
	uint64_t number;

	errno = 0;
	number = strtoull(text, &end, 10);
	if (strspn(text, "0123456789") != strlen(text) || !*text ||
	    errno == ERANGE || number < row->least || number > row->most) {
		complain("--%s takes a number from %" PRIu64 " to %" PRIu64
			 ", not '%s'",
			 row->name, row->least, row->most, text);
		return -1;
	}
	*ret_number = number;
	return 0;
}

static int parse_bound(const struct option_row *row, const char *text,
		       struct bound_option *ret_bound)
{
	bool up_to = strncmp(text, OPTION_UP_TO " ", sizeof(OPTION_UP_TO)) == 0;
	uint64_t most;

	if (parse_number(row, up_to ? text + sizeof(OPTION_UP_TO) : text,
			 &most))
		return -1;
	*ret_bound = (struct bound_option){true, up_to, most};
	return 0;
}

/* Seconds in a unit; 0 if there is none of that name. */
static double unit_seconds(const char *unit)
{
	static const struct {
		const char *name;
		double seconds;
	} units[] = {{"", 1}, {"ms", 0.001}, {"s", 1}, {"m", 60}, {"h", 3600}};

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (strcmp(unit, units[i].name) == 0)
			return units[i].seconds;
	return 0;
}

static int parse_seconds(const struct option_row *row, const char *text,
			 double *ret_seconds)
{
	size_t digits = strspn(text, "0123456789.");
	char *end;
	double seconds = strtod(text, &end) * unit_seconds(text + digits);

	if (end != text + digits || digits == 0 ||
	    !(seconds >= SECONDS_LEAST && seconds <= SECONDS_MOST)) {
		complain("--%s takes a time from 1ms to 8760h, such as 500ms, "
			 "10s, 5m or 2h, not '%s'",
			 row->name, text);
		return -1;
	}
	*ret_seconds = seconds;
	return 0;
}

static int parse_bytes(const struct option_row *row, const char *text,
		       uint64_t *ret_bytes)
{
	size_t digits = strspn(text, "0123456789");
	unsigned shift = strcmp(text + digits, "M") == 0   ? 20
			 : strcmp(text + digits, "G") == 0 ? 30
							   : 0;
	uint64_t count = strtoull(text, NULL, 10);

	if (digits == 0 || digits > 6 || shift == 0 || count == 0) {
		complain("--%s takes an amount of memory such as 500M or 12G, "
			 "not '%s'",
			 row->name, text);
		return -1;
	}
	*ret_bytes = count << shift;
	return 0;
}

/* Whether text is one of the words in "a|b|c". */
static bool is_choice(const char *choices, const char *text)
{
	size_t length = strlen(text);

	for (const char *at = choices; at; at = strchr(at, '|')) {
		at += *at == '|';
		if (strncmp(at, text, length) == 0 &&
		    (at[length] == '|' || at[length] == '\0') && length > 0)
			return true;
	}
	return false;
}

static int parse_choice(const struct option_row *row, const char *text,
			const char **ret_choice)
{
	if (!is_choice(row->choices, text)) {
		struct buffer known = {0};

		for (const char *at = row->choices; *at; at++)
			if (*at == '|')
				text_add(&known, " or ");
			else
				text_add(&known, "%c", *at);
		complain("--%s takes %s, not '%s'", row->name,
			 (char *)known.data, text);
		buffer_fini(&known);
		return -1;
	}
	*ret_choice = text;
	return 0;
}

/* Names with a bit each, for sets. */
struct names {
	const char *what; /* such a name is called so */
	unsigned count;
	const char *(*name)(unsigned bit); /* from 0 on */
};

static const char *reason_of_bit(unsigned bit)
{
	return reason_name((enum incomplete_reason)(1U << bit));
}

static const char *kind_of_bit(unsigned bit)
{
	return finding_name((enum finding_kind)bit);
}

static const struct names reasons = {
	.what = "reason",
	.count = (unsigned)__builtin_ctz(REASON_LAST) + 1,
	.name = reason_of_bit,
};
static const struct names kinds = {
	.what = "kind of finding",
	.count = FINDING_COUNT,
	.name = kind_of_bit,
};

/* 0 if there is none of that name. */
static unsigned bit_by_name(const struct names *names, const char *name,
			    size_t length)
{
	for (unsigned bit = 0; bit < names->count; bit++) {
		const char *known = names->name(bit);

		if (strlen(known) == length &&
		    strncmp(known, name, length) == 0)
			return 1U << bit;
	}
	return 0;
}

static void complain_of_name(const struct option_row *row,
			     const struct names *names, const char *text,
			     size_t length)
{
	char *word = text_format("%.*s", (int)length, text);
	struct nearest nearest = {.word = word};
	struct buffer hint = {0};

	for (unsigned bit = 0; bit < names->count; bit++)
		nearest_try(&nearest, names->name(bit));
	nearest_suggest(&hint, &nearest, "");
	complain("--%s: there is no %s '%s'%s", row->name, names->what, word,
		 hint.data ? (char *)hint.data : "");
	buffer_fini(&hint);
	free(word);
}

static int parse_set(const struct option_row *row, const struct names *names,
		     const char *text, unsigned *set)
{
	while (true) {
		size_t length = strcspn(text, ",");
		unsigned bit = bit_by_name(names, text, length);

		if (!bit) {
			complain_of_name(row, names, text, length);
			return -1;
		}
		*set |= bit;
		if (text[length] == '\0')
			return 0;
		text += length + 1;
	}
}

int option_set(struct options *options, const struct option_row *row,
	       const char *text)
{
	void *field = (char *)options + row->field;

	switch (row->kind) {
	case OPTION_FLAG:
		*(bool *)field = true;
		return 0;
	case OPTION_NUMBER:
		return parse_number(row, text, field);
	case OPTION_SECONDS:
		return parse_seconds(row, text, field);
	case OPTION_BYTES:
		return parse_bytes(row, text, field);
	case OPTION_TEXT:
		*(const char **)field = text;
		return 0;
	case OPTION_TEXTS:
		strings_add(field, text);
		return 0;
	case OPTION_CHOICE:
		return parse_choice(row, text, field);
	case OPTION_BOUND:
		return parse_bound(row, text, field);
	case OPTION_REASONS:
		return parse_set(row, &reasons, text, field);
	case OPTION_KINDS:
		return parse_set(row, &kinds, text, field);
	}
	return -1;
}
