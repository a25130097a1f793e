/*
 * How a sub-command ends.
 */
#include "cli/finish.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/diagnostic.h"
#include "cli/command.h"
#include "report/json.h"
#include "report/summary.h"

int finish_output(int status)
{
	bool failed = ferror(stdout);

	errno = 0;
	if (fclose(stdout) == 0 && !failed)
		return status;
	complain("cannot write to standard output: %s",
		 errno ? strerror(errno) : "an earlier write failed");
	return STATUS_TROUBLE;
}

int finish_status(const struct result *result, unsigned accepted)
{
	unsigned reasons = result->incomplete_because & ~accepted;

	if (result->unsupported)
		complain("%s", result->unsupported);
	if (result->write_error)
		complain("%s", result->write_error);
	if (result->incomplete_because & REASON_INTERRUPTED)
		return STATUS_INTERRUPTED;
	if (result->write_error)
		return STATUS_TROUBLE;
	if (result->verdict == VERDICT_FINDINGS)
		return STATUS_FINDINGS;
	if (result->unsupported)
		return STATUS_TROUBLE;
	if (result->command == COMMAND_CHECK && reasons)
		return STATUS_INCOMPLETE;
	return 0;
}

struct terminal finish_terminal(const struct options *options)
{
	enum colour_mode mode = COLOUR_AUTO;

	if (strcmp(options->colour, "always") == 0)
		mode = COLOUR_ALWAYS;
	if (strcmp(options->colour, "never") == 0)
		mode = COLOUR_NEVER;
	return terminal_of(stdout, mode);
}

bool finish_is_json(const struct options *options)
{
	return strcmp(options->format, "json") == 0;
}

int finish_result(const struct options *options, const struct result *result)
{
	struct terminal terminal = finish_terminal(options);

	if (finish_is_json(options))
		json_print(stdout, json_of_result(result));
	else
		summary_print(&terminal, result, options->quiet);
	return finish_output(finish_status(result, options->accepted));
}
