/*
 * From argv to struct options, by the table.
 */
#include "cli/options.h"

#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/diagnostic.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/nearest.h"
#include "trace/result.h"

/* A year: longer than any search, and far from where a double loses
 * milliseconds. */
#define SECONDS_LEAST 0.001
#define SECONDS_MOST  (8760 * 3600.0)

void strings_add(struct strings *strings, const char *string)
{
	void *at = strings->at;

	memory_reserve(&at, &strings->capacity, strings->count + 1,
		       sizeof(*strings->at));
	strings->at = at;
	strings->at[strings->count++] = string;
}

void strings_fini(struct strings *strings)
{
	memory_free(strings->at, strings->capacity * sizeof(*strings->at));
	*strings = (struct strings){0};
}

/* --- The text behind an option */

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

#define UP_TO "up-to"

/* What follows "up-to" on the command line is handed over with it. */
static int parse_bound(const struct option_row *row, const char *text,
		       struct bound_option *ret_bound)
{
	bool up_to = strncmp(text, UP_TO " ", sizeof(UP_TO)) == 0;
	uint64_t most;

	if (parse_number(row, up_to ? text + sizeof(UP_TO) : text, &most))
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

/* --- argv */

/* What getopt_long() returns for row i: above every character. */
#define ROW_CODE 256

static struct option *long_options(enum subcommand command)
{
	struct option *options =
		memory_new((option_count + 1) * sizeof(*options));
	struct option *next = options;

	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_table[i];

		if (!(row->commands & (unsigned)command))
			continue;
		*next++ = (struct option){
			.name = row->name,
			.has_arg =
				row->argument ? required_argument : no_argument,
			.val = ROW_CODE + (int)i,
		};
	}
	return options;
}

static void complain_of_unknown(enum subcommand command, const char *word)
{
	size_t length = strcspn(word, "=");
	char *name = text_format("%.*s", (int)length, word);
	struct nearest nearest = {.word = name + strspn(name, "-")};
	struct buffer hint = {0};

	for (size_t i = 0; i < option_count; i++)
		if (option_table[i].commands & (unsigned)command)
			nearest_try(&nearest, option_table[i].name);
	nearest_suggest(&hint, &nearest, "--");
	complain("unknown option '%s'%s", name, (char *)hint.data);
	buffer_fini(&hint);
	free(name);
}

/* Several options begin with what was typed: getopt_long() does not tell this
 * apart from none. */
static bool is_ambiguous(enum subcommand command, const char *word)
{
	size_t length;
	bool found = false;

	if (strncmp(word, "--", 2) != 0)
		return false;
	word += 2;
	length = strcspn(word, "=");
	for (size_t i = 0; i < option_count; i++)
		found |= option_table[i].commands & (unsigned)command &&
			 length > 0 &&
			 strncmp(option_table[i].name, word, length) == 0;
	return found;
}

static void complain_of_option(enum subcommand command, int code,
			       const char *word)
{
	if (code == ':')
		complain("option '%s' needs an argument", word);
	else if (optopt >= ROW_CODE)
		complain("option '--%s' takes no argument",
			 option_table[optopt - ROW_CODE].name);
	else if (is_ambiguous(command, word))
		complain("option '%s' could be several: write it out", word);
	else if (optopt) /* one letter, maybe among others: "-xj" */
		complain("unknown option '-%c'", optopt);
	else
		complain_of_unknown(command, word);
}

static void set_defaults(struct options *options, enum subcommand command)
{
	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_table[i];
		int failed = 0;

		if (row->commands & (unsigned)command && row->start)
			failed = option_set(options, row, row->start);
		assert(!failed);
	}
}

static int take(struct options *options, int code, const char *text)
{
	const struct option_row *row;

	if (code == 1) {
		strings_add(&options->operands, text);
		return 0;
	}
	if (code == 'h') {
		options->help = true;
		return 0;
	}
	row = &option_table[code - ROW_CODE];
	if (row->given != NO_FIELD)
		*(bool *)((char *)options + row->given) = true;
	return option_set(options, row, text);
}

/* The argument of an option, "up-to" together with the one after it. */
static int take_argument(struct options *options, int code, int argc,
			 char **argv)
{
	char *both;
	int status;

	if (code < ROW_CODE ||
	    option_table[code - ROW_CODE].kind != OPTION_BOUND ||
	    strcmp(optarg, UP_TO) != 0 || optind >= argc)
		return take(options, code, optarg);
	both = text_format("%s %s", optarg, argv[optind++]);
	status = take(options, code, both);
	free(both);
	return status;
}

int options_parse(struct options *options, enum subcommand command, int argc,
		  char **argv)
{
	struct option *known = long_options(command);
	int status = 0;
	int code;

	*options = (struct options){0};
	set_defaults(options, command);
	/* 0 makes glibc's getopt start anew; "-" hands over what is no option
	 * in its place, as code 1, which tells operands from what follows
	 * "--"; ":" tells a missing argument from an unknown option. */
	optind = 0;
	opterr = 0;
	while (!status &&
	       (code = getopt_long(argc, argv, "-:h", known, NULL)) != -1) {
		if (code == '?' || code == ':') {
			complain_of_option(command, code, argv[optind - 1]);
			status = -1;
		} else {
			status = take_argument(options, code, argc, argv);
		}
	}
	for (int i = optind; !status && i < argc; i++)
		strings_add(&options->arguments, argv[i]);
	memory_free(known, (option_count + 1) * sizeof(*known));
	return status;
}

void options_fini(struct options *options)
{
	strings_fini(&options->operands);
	strings_fini(&options->arguments);
	strings_fini(&options->watches);
	strings_fini(&options->trusted);
}
