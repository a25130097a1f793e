/*
 * explorer native: real threads.
 */
#include "cli/command.h"
#include "cli/search.h"

int cli_native(int argc, char **argv)
{
	return search_run(SUBCOMMAND_NATIVE, argc, argv, search_native);
}
