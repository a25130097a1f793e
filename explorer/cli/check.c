/*
 * explorer check: all schedules, and a verdict.
 */
#include "cli/command.h"
#include "cli/search.h"

int cli_check(int argc, char **argv)
{
	return search_run(SUBCOMMAND_CHECK, argc, argv, search_check);
}
