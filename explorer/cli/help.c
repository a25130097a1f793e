/*
 * The help, made from the tables.
 */
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "cli/command.h"
#include "report/json.h"

#define LINE_COLUMNS   79
#define OPTION_COLUMNS 26

static const char statuses[] =
	"Exit status: 0 nothing found, or the replay reproduced; 1 findings; 2 "
	"wrong usage or no results; 3 the search of check is incomplete; 4 the "
	"replay diverged; 130 interrupted.";

/* Prints words, broken into lines that begin at `indent`; the first one goes
 * on from column `at`. */
static void print_wrapped(FILE *file, const char *words, size_t at,
			  size_t indent)
{
	while (*words) {
		size_t length = strcspn(words, " ");

		if (at > indent && at + 1 + length > LINE_COLUMNS) {
			fputc('\n', file);
			at = 0;
		}
		if (at < indent) {
			fprintf(file, "%*s", (int)(indent - at), "");
			at = indent;
		} else if (at > indent) {
			fputc(' ', file);
			at++;
		}
		fprintf(file, "%.*s", (int)length, words);
		at += length;
		words += length;
		words += strspn(words, " ");
	}
	fputc('\n', file);
}

static void print_option(FILE *file, const struct option_row *row)
{
	struct buffer name = {0};
	struct buffer help = {0};

	text_add(&name, "  --%s%s%s", row->name, row->argument ? " " : "",
		 row->argument ? row->argument : "");
	text_add(&help, "%s", row->help);
	if (row->start)
		text_add(&help, " (default: %s)", row->start);
	fputs((char *)name.data, file);
	if (name.length >= OPTION_COLUMNS)
		fputc('\n', file);
	print_wrapped(file, (char *)help.data,
		      name.length >= OPTION_COLUMNS ? 0 : name.length,
		      OPTION_COLUMNS);
	buffer_fini(&name);
	buffer_fini(&help);
}

void help_print_command(FILE *file, const struct command_row *command)
{
	fprintf(file, "Usage: explorer %s %s\n\n", command->name,
		command->usage);
	print_wrapped(file, command->description, 0, 0);
	fputs("\nOptions:\n", file);
	for (size_t i = 0; i < option_count; i++)
		if (option_table[i].commands & command->options)
			print_option(file, &option_table[i]);
	fputc('\n', file);
	print_wrapped(file, statuses, 0, 0);
}

void help_print(FILE *file)
{
	fputs("Usage: explorer SUB-COMMAND ...\n\n", file);
	print_wrapped(
		file,
		"Runs a C program that uses POSIX threads under every "
		"schedule that matters, and records every way in which it "
		"can end.",
		0, 0);
	fputc('\n', file);
	for (size_t i = 0; i < command_count; i++)
		fprintf(file, "  explorer %-7s  %-33s %s\n",
			command_table[i].name, command_table[i].usage,
			command_table[i].summary);
	fputs("\n  explorer SUB-COMMAND --help    its options\n"
	      "  explorer --version             " EXPLORER_VERSION "\n"
	      "  explorer --manual              all of this as a manual page\n"
	      "\nTo begin with:\n\n"
	      "  explorer check counter.c --watch x\n\n",
	      file);
	print_wrapped(file, statuses, 0, 0);
}

/* --- The manual page */

/* Text for roff: a leading dot or quote, backslashes and hyphens are special.
 */
static void print_roff(FILE *file, const char *text)
{
	if (*text == '.' || *text == '\'')
		fputs("\\&", file);
	for (; *text; text++)
		if (*text == '\\')
			fputs("\\e", file);
		else if (*text == '-')
			fputs("\\-", file);
		else
			fputc(*text, file);
	fputc('\n', file);
}

static void print_roff_option(FILE *file, const struct option_row *row)
{
	struct buffer name = {0};
	struct buffer help = {0};

	text_add(&name, "--%s%s%s", row->name, row->argument ? " " : "",
		 row->argument ? row->argument : "");
	text_add(&help, "%s%s%s%s", row->help, row->start ? " (default: " : "",
		 row->start ? row->start : "", row->start ? ")" : "");
	fputs(".TP\n.B ", file);
	print_roff(file, (char *)name.data);
	print_roff(file, (char *)help.data);
	buffer_fini(&name);
	buffer_fini(&help);
}

static void print_roff_command(FILE *file, const struct command_row *command)
{
	fprintf(file, ".SS explorer %s\n", command->name);
	fprintf(file, ".B explorer %s\n", command->name);
	print_roff(file, command->usage);
	fputs(".PP\n", file);
	print_roff(file, command->description);
	for (size_t i = 0; i < option_count; i++)
		if (option_table[i].commands & command->options)
			print_roff_option(file, &option_table[i]);
}

void manual_print(FILE *file)
{
	fputs(".TH EXPLORER 1 \"\" \"Explorer " EXPLORER_VERSION "\"\n"
	      ".SH NAME\nexplorer \\- run a threaded C program under every "
	      "schedule\n"
	      ".SH SYNOPSIS\n.B explorer\nSUB\\-COMMAND ...\n"
	      ".SH SUB\\-COMMANDS\n",
	      file);
	for (size_t i = 0; i < command_count; i++)
		print_roff_command(file, &command_table[i]);
	fputs(".SH EXIT STATUS\n", file);
	print_roff(file, statuses);
}
