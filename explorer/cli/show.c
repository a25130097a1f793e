/*
 * explorer show: reads a trace.
 */
#include <stdio.h>

#include "base/diagnostic.h"
#include "cli/command.h"
#include "cli/finish.h"
#include "cli/interrupt.h"
#include "cli/trace_file.h"
#include "report/json.h"
#include "report/listing.h"

static int show(const struct options *options)
{
	const char *path = options->operands.at[0];
	struct terminal terminal = finish_terminal(options);
	struct trace trace;

	if (trace_file_read(path, &trace))
		return STATUS_TROUBLE;
	interrupt_catch();
	if (finish_is_json(options))
		json_print(stdout, json_of_trace(path, &trace));
	else
		listing_print(&terminal, path, &trace, options->full_listing);
	trace_fini(&trace);
	return finish_output(0);
}

int cli_show(int argc, char **argv)
{
	struct options options;
	int status = STATUS_TROUBLE;

	if (options_parse(&options, SUBCOMMAND_SHOW, argc, argv)) {
		/* It has been said. */
	} else if (options.help) {
		help_print_command(stdout, command_by_bit(SUBCOMMAND_SHOW));
		status = finish_output(0);
	} else if (options.operands.count != 1 || options.arguments.count) {
		complain("show takes one trace: explorer show TRACE");
	} else {
		status = show(&options);
	}
	options_fini(&options);
	return status;
}
