/*
 * The sub-commands: one row each, from which main() dispatches and the help is
 * made.
 */
#ifndef EXPLORER_CLI_COMMAND_H
#define EXPLORER_CLI_COMMAND_H

#include <stddef.h>
#include <stdio.h>

#include "cli/options.h"

/* What the exit status says, beside 0. */
enum status {
	STATUS_FINDINGS = 1,
	STATUS_TROUBLE = 2,    /* wrong usage, or no results */
	STATUS_INCOMPLETE = 3, /* check only */
	STATUS_DIVERGED = 4,   /* replay only */
	STATUS_INTERRUPTED = 130,
};

struct command_row {
	const char *name;
	int (*run)(int argc, char **argv); /* argv[0] is the sub-command */
	unsigned options; /* enum subcommand; 0: hands its arguments on */
	const char *usage;
	const char *summary;
	const char *description; /* one paragraph */
};

extern const struct command_row command_table[];
extern const size_t command_count;

/* NULL if there is none of that name. */
const struct command_row *command_by_name(const char *name);
const struct command_row *command_by_bit(enum subcommand command);

/* Says that there is no such sub-command, and which is near. */
void command_complain(const char *name);

/* One file each. Each returns the exit status. */
int cli_check(int argc, char **argv);
int cli_sample(int argc, char **argv);
int cli_native(int argc, char **argv);
int cli_compare(int argc, char **argv);
int cli_replay(int argc, char **argv);
int cli_show(int argc, char **argv);

/* explorer --help, explorer check --help, explorer --manual (in roff). */
void help_print(FILE *file);
void help_print_command(FILE *file, const struct command_row *command);
void manual_print(FILE *file);

#endif
