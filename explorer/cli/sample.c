/*
 * explorer sample: random schedules.
 */
#include "cli/command.h"
#include "cli/search.h"

int cli_sample(int argc, char **argv)
{
	return search_run(SUBCOMMAND_SAMPLE, argc, argv, search_sample);
}
