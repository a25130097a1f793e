/*
 * From argv to struct options, by the table.
 */
#include "cli/options.h"

#include <assert.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/diagnostic.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/nearest.h"
#include "cli/option_value.h"

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

/* The options that begin with what was typed, several of them, as words to
 * choose from; or nothing: getopt_long() does not tell this apart from none. */
static void list_candidates(struct buffer *list, enum subcommand command,
			    const char *word)
{
	size_t length;

	if (strncmp(word, "--", 2) != 0)
		return;
	word += 2;
	length = strcspn(word, "=");
	for (size_t i = 0; i < option_count; i++)
		if (option_table[i].commands & (unsigned)command &&
		    length > 0 &&
		    strncmp(option_table[i].name, word, length) == 0)
			text_add(list, "%s--%s", list->length ? ", " : "",
				 option_table[i].name);
}

static void complain_of_option(enum subcommand command, int code,
			       const char *word)
{
	struct buffer candidates = {0};

	list_candidates(&candidates, command, word);
	if (code == ':')
		complain("option '%s' needs an argument", word);
	else if (optopt >= ROW_CODE)
		complain("option '--%s' takes no argument",
			 option_table[optopt - ROW_CODE].name);
	else if (candidates.length > 0)
		complain("option '%s' could be several: %s", word,
			 (char *)candidates.data);
	else if (optopt) /* one letter, maybe among others: "-xj" */
		complain("unknown option '-%c'", optopt);
	else
		complain_of_unknown(command, word);
	buffer_fini(&candidates);
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
	    strcmp(optarg, OPTION_UP_TO) != 0 || optind >= argc)
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
