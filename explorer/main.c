/*
 * Explorer: the command. Runs a C program that uses POSIX threads under every
 * schedule that matters.
 */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/diagnostic.h"
#include "cli/cc.h"
#include "cli/command.h"
#include "cli/finish.h"
#include "report/json.h"

/* Called by the name of a compiler: explorer-cc, explorer-c++. */
static bool is_compiler(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	return strcmp(name, "explorer-cc") == 0 ||
	       strcmp(name, "explorer-c++") == 0;
}

/* What stands in place of a sub-command and is none. */
static bool print_about(const char *word)
{
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
		help_print(stdout);
	else if (strcmp(word, "--manual") == 0)
		manual_print(stdout);
	else if (strcmp(word, "--version") == 0)
		puts("explorer " EXPLORER_VERSION);
	else
		return false;
	return true;
}

int main(int argc, char **argv)
{
	const struct command_row *command;

	/* Of the locale only what characters are: numbers are read and printed
	 * the same everywhere. */
	setlocale(LC_CTYPE, "");
	if (argc > 0 && is_compiler(argv[0]))
		return cli_cc(argc, argv);
	if (argc < 2) {
		complain("which sub-command? explorer --help lists them");
		return STATUS_TROUBLE;
	}
	if (print_about(argv[1]))
		return finish_output(0);
	command = command_by_name(argv[1]);
	if (!command) {
		command_complain(argv[1]);
		return STATUS_TROUBLE;
	}
	return command->run(argc - 1, argv + 1);
}
