/*
 * From options to a result.
 */
#include "cli/search.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diagnostic.h"
#include "channel/job_message.h"
#include "channel/tree_message.h"
#include "cli/command.h"
#include "cli/finish.h"
#include "cli/interrupt.h"
#include "cli/option_rules.h"
#include "cli/program.h"
#include "pool/filter.h"
#include "report/progress.h"

/* Makes a folder and those above it. Returns 0, or -1 with errno. */
static int make_folder(const char *path)
{
	char *copy = strdup(path);
	struct stat status;
	int made;

	for (char *at = copy + 1; *at; at++) {
		if (*at != '/')
			continue;
		*at = '\0';
		mkdir(copy, 0777);
		*at = '/';
	}
	made = mkdir(copy, 0777);
	free(copy);
	if (made == 0)
		return 0;
	if (errno != EEXIST || stat(path, &status))
		return -1;
	if (!S_ISDIR(status.st_mode)) {
		errno = ENOTDIR;
		return -1;
	}
	return access(path, W_OK | X_OK);
}

/* It is better to learn before a long search than after it that its traces
 * cannot be written. */
static int look_at_output(const struct options *options,
			  enum subcommand command)
{
	if (command == SUBCOMMAND_NATIVE || options->max_traces == 0)
		return 0;
	if (*options->output && make_folder(options->output) == 0)
		return 0;
	complain("--output: cannot write into '%s': %s", options->output,
		 *options->output ? strerror(errno) : "it has no name");
	return -1;
}

/* What only a search over states can do. */
static unsigned states_flags(const struct options *options)
{
	return (options->lossy ? STATES_LOSSY : 0U) |
	       (options->ignore_output ? STATES_IGNORE_OUTPUT : 0U) |
	       (options->paranoid ? STATES_PARANOID : 0U) |
	       (options->shortest ? STATES_SHORTEST : 0U) |
	       (options->symmetry ? STATES_SYMMETRY : 0U) |
	       (options->count_interleavings ? STATES_COUNT : 0U);
}

static struct search_bound bound_of(const struct options *options)
{
	const struct bound_option *bound = options->preemptions.given
						   ? &options->preemptions
						   : &options->delays;

	return (struct search_bound){
		.of = !bound->given		   ? NULL
		      : options->preemptions.given ? BOUND_OF_PREEMPTIONS
						   : BOUND_OF_DELAYS,
		.most = (uint32_t)bound->most,
		.up_to = bound->up_to,
	};
}

int search_open(struct options *options, struct program *ret_program)
{
	interrupt_catch();
	if (option_rules_check(options) ||
	    program_open(options, &options->operands, ret_program))
		return pool_interrupted ? STATUS_INTERRUPTED : STATUS_TROUBLE;
	return -1;
}

int search_begin(struct options *options, enum subcommand command, int argc,
		 char **argv, struct program *ret_program)
{
	int status;

	if (options_parse(options, command, argc, argv))
		return STATUS_TROUBLE;
	if (options->help) {
		help_print_command(stdout, command_by_bit(command));
		return finish_output(0);
	}
	status = search_open(options, ret_program);
	if (status >= 0)
		return status;
	if (look_at_output(options, command)) {
		program_close(ret_program);
		return STATUS_TROUBLE;
	}
	return -1;
}

void search_end(struct options *options, struct program *program)
{
	program_close(program);
	options_fini(options);
}

/* --- Progress */

static void show(void *context, const struct progress *progress)
{
	progress_draw(context, &(struct progress_figures){
				       .phase = progress->phase,
				       .executions = progress->executions,
				       .planned = progress->executions_planned,
				       .per_second = progress->per_second,
				       .states = progress->states,
				       .transitions_per_second =
					       progress->transitions_per_second,
				       .memory = progress->memory,
				       .frontier = progress->frontier,
				       .outcomes = progress->outcomes,
				       .findings = progress->findings,
				       .fraction = progress->fraction,
				       .estimate = progress->estimate,
				       .seconds = progress->seconds,
			       });
}

static bool wants_progress(const struct options *options)
{
	return !options->quiet && progress_is_possible();
}

/* --- The searches */

/* What of the findings is wanted. Returns 0; -1 after complain(). */
static int take_filter(const struct options *options, struct filter *filter)
{
	char *error;

	filter->hidden = options->without;
	if (options->only)
		filter->hidden |= ~options->only;
	if (!options->suppressions ||
	    filter_read(filter, options->suppressions, &error) == 0)
		return 0;
	complain("--suppressions: %s", error);
	free(error);
	filter_fini(filter);
	return -1;
}

/* Whoever asks for nothing but leaks wants them looked for. */
static unsigned heap_checks_of(const struct options *options)
{
	unsigned checks = 0;

	if (options->uninitialised ||
	    options->only & 1U << FINDING_UNINITIALISED_READ)
		checks |= HEAP_CHECKS_UNINITIALISED;
	if (options->leaks || options->only & 1U << FINDING_LEAK)
		checks |= HEAP_CHECKS_LEAKS;
	return checks;
}

static int run_search(const struct options *options,
		      const struct program *program, struct search *search,
		      struct result *ret_result)
{
	struct progress_line line = {0};
	struct filter filter = {0};
	int failed;

	if (take_filter(options, &filter))
		return -1;
	search->filter = &filter;

	search->timeouts = (uint32_t)options->timeouts;
	search->spurious = (uint32_t)options->spurious;
	search->max_executions = options->max_executions;
	search->time_limit = options->time_limit;
	search->heap_checks = heap_checks_of(options);
	search->stop_at_first = options->stop_at_first;
	search->recheck = options->recheck;
	search->max_traces = options->max_traces;
	search->watches = options->watches.at;
	search->watch_count = options->watches.count;
	search->trusted = options->trusted.at;
	search->trusted_count = options->trusted.count;
	search->expect = options->expect;
	search->output_folder = options->output;
	search->full_listing = options->full_listing;
	search->progress = wants_progress(options) ? show : NULL;
	search->context = &line;
	failed = pool_search(program, search, ret_result);
	progress_clear(&line);
	filter_fini(&filter);
	return failed;
}

static bool is_plain(const struct options *options)
{
	return options->dependence && strcmp(options->dependence, "plain") == 0;
}

/* As many preemptions as a schedule can have steps. */
#define FIND_PREEMPTIONS 1000000

/* Of the machine's memory, so that others can live. */
static uint64_t memory_to_use(void)
{
	return (uint64_t)sysconf(_SC_PHYS_PAGES) / 4 * 3 *
	       (uint64_t)sysconf(_SC_PAGESIZE);
}

/* The one that was asked for; else two that take turns, or the one that can do
 * what else was asked for. */
static void choose_strategy(const struct options *options,
			    struct search *search)
{
	search->strategy = options->strategy;
	if (!option_rules_is_auto(options))
		return;
	search->is_chosen = true;
	search->strategy = "dpor";
	search->ruled_out_by = option_rules_reduction(options);
	if (option_rules_states(options)) {
		search->strategy = "states";
		search->ruled_out_by = option_rules_states(options);
	}
	if (!search->ruled_out_by)
		search->rival = "states";
}

int search_check(const struct options *options, const struct program *program,
		 struct result *ret_result)
{
	struct search search = {
		.command = COMMAND_CHECK,
		.bound = bound_of(options),
		.plain_dependence = is_plain(options),
		.max_steps = options->max_steps ? options->max_steps
						: MAX_STEPS_CHECK,
		.states = states_flags(options),
		.states_memory =
			options->memory ? options->memory : memory_to_use(),
		.find = options->find_state ? options->find_state
					    : options->find,
		.finds_state = options->find_state != NULL,
		.seed = options->prefer,
	};

	choose_strategy(options, &search);
	/* The promising ones first: few preemptions, then more. Twice as many,
	 * since there are so many more schedules with each. */
	if (search.find) {
		search.states |= STATES_EAGER;
		search.bound = (struct search_bound){.of = BOUND_OF_PREEMPTIONS,
						     .most = FIND_PREEMPTIONS,
						     .up_to = true,
						     .doubles = true};
	}
	return run_search(options, program, &search, ret_result);
}

/* A tree with more executions is no picture any more; nor is one with longer
 * ones. */
#define TREE_EXECUTIONS 100
#define TREE_STEPS	1000

int search_tree(const struct options *options, const struct program *program,
		struct tree *ret_tree, struct result *ret_result)
{
	struct search search = {
		.command = COMMAND_CHECK,
		.strategy = options->strategy ? options->strategy : "dpor",
		.bound = bound_of(options),
		.plain_dependence = is_plain(options),
		.max_steps = TREE_STEPS,
		.max_executions = options->max_executions
					  ? options->max_executions
					  : TREE_EXECUTIONS,
		.watches = options->watches.at,
		.watch_count = options->watches.count,
		.timeouts = 1,
		.tree = ret_tree,
	};

	*ret_tree = (struct tree){0};
	return pool_search(program, &search, ret_result);
}

int search_sample(const struct options *options, const struct program *program,
		  struct result *ret_result)
{
	struct search search = {
		.command = COMMAND_SAMPLE,
		.strategy = options->strategy ? options->strategy : "random",
		.max_steps = options->max_steps ? options->max_steps
						: MAX_STEPS_SAMPLE,
		.runs = options->samples ? options->samples : options->runs,
		.seed = options->seed,
	};

	return run_search(options, program, &search, ret_result);
}

int search_native(const struct options *options, const struct program *program,
		  struct result *ret_result)
{
	struct progress_line line = {0};
	struct native native = {
		.runs = options->runs,
		.run_timeout = options->run_timeout,
		.plain = options->plain,
		.watches = options->watches.at,
		.watch_count = options->watches.count,
		.expect = options->expect,
		.progress = wants_progress(options) ? show : NULL,
		.context = &line,
	};
	int failed = pool_native(program, &native, ret_result);

	progress_clear(&line);
	return failed;
}

int search_run(enum subcommand command, int argc, char **argv,
	       int (*search)(const struct options *, const struct program *,
			     struct result *))
{
	struct program program = {0};
	struct result result = {0};
	struct options options;
	int status = search_begin(&options, command, argc, argv, &program);

	if (status < 0 && search(&options, &program, &result))
		status = pool_interrupted ? STATUS_INTERRUPTED : STATUS_TROUBLE;
	if (status < 0) {
		status = finish_result(&options, &result);
		result_fini(&result);
	}
	search_end(&options, &program);
	return status;
}
