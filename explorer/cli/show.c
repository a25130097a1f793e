/*
 * explorer show: reads a trace, or shows a search.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/diagnostic.h"
#include "cli/command.h"
#include "cli/finish.h"
#include "cli/interrupt.h"
#include "cli/program.h"
#include "cli/search.h"
#include "cli/trace_file.h"
#include "report/json.h"
#include "report/listing.h"
#include "report/tree.h"

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

/* --- A search */

static int print_tree(const struct options *options, const struct tree *tree,
		      const struct result *result)
{
	struct terminal terminal = finish_terminal(options);

	if (strcmp(options->format, "dot") == 0)
		tree_print_dot(stdout, tree);
	else
		tree_print(&terminal, tree);
	if (result->incomplete_because & REASON_LIMIT)
		remark("these are the first %" PRIu64
		       " executions of more: take smaller arguments, or "
		       "--max-executions",
		       result->executions);
	return finish_output(0);
}

static int show_tree(struct options *options)
{
	struct program program = {0};
	struct result result;
	struct tree tree;
	int status = search_open(options, &program);

	if (status >= 0)
		return status;
	if (search_tree(options, &program, &tree, &result)) {
		status = pool_interrupted ? STATUS_INTERRUPTED : STATUS_TROUBLE;
	} else {
		status = print_tree(options, &tree, &result);
		tree_fini(&tree);
		result_fini(&result);
	}
	program_close(&program);
	return status;
}

/* Returns what of a search was asked for without one; NULL if nothing. */
static const char *option_of_search(const struct options *options)
{
	return options->strategy	    ? "strategy"
	       : options->dependence	    ? "dependence"
	       : options->preemptions.given ? "preemptions"
	       : options->max_executions    ? "max-executions"
	       : options->watches.count	    ? "watch"
	       : options->cflags	    ? "cflags"
	       : options->keep_optimisation ? "keep-optimisation"
					    : NULL;
}

static int look_at_tree(const struct options *options)
{
	const char *strategy = options->strategy ? options->strategy : "dpor";

	if (strcmp(options->format, "json") == 0)
		complain("--tree is shown as text or dot, not as json");
	else if (options->preemptions.given && strcmp(strategy, "dfs") != 0)
		complain("--tree with --preemptions works with --strategy dfs "
			 "only");
	else
		return 0;
	return -1;
}

static int look_at_trace(const struct options *options)
{
	const char *needless = option_of_search(options);

	if (options->operands.count != 1 || options->arguments.count)
		complain("show takes one trace: explorer show TRACE");
	else if (needless)
		complain("--%s goes with --tree only", needless);
	else if (strcmp(options->format, "dot") == 0)
		complain("--format dot goes with --tree only");
	else
		return 0;
	return -1;
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
	} else if (options.tree) {
		if (look_at_tree(&options) == 0)
			status = show_tree(&options);
	} else if (look_at_trace(&options) == 0) {
		status = show(&options);
	}
	options_fini(&options);
	return status;
}
