/*
 * explorer replay: runs the schedule of a trace again, and compares.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diagnostic.h"
#include "cli/command.h"
#include "cli/finish.h"
#include "cli/interrupt.h"
#include "cli/program.h"
#include "cli/trace_file.h"
#include "report/json.h"
#include "report/listing.h"

/* The program of a trace, built as the trace says. `options` are the user's;
 * names[0] is the trace, the others the program, if it was given. */
struct wanted {
	struct options options;	 /* as if check had been asked for it */
	struct strings operands; /* the program */
	char *sources;		 /* where the operands point into */
};

static void take_words(struct strings *strings, char *words)
{
	for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
		strings_add(strings, word);
}

static void wanted_init(struct wanted *wanted, const struct options *options,
			const struct trace *trace)
{
	*wanted = (struct wanted){.options = {
					  .cflags = trace->cflags,
					  .keep_optimisation = trace->optimised,
					  .input = trace->input,
					  .quiet = options->quiet,
				  }};
	for (size_t i = 0; i < trace->argument_count; i++)
		strings_add(&wanted->options.arguments, trace->arguments[i]);
	if (options->operands.count > 1) {
		for (size_t i = 1; i < options->operands.count; i++)
			strings_add(&wanted->operands, options->operands.at[i]);
	} else if (trace->sources) {
		wanted->sources = strdup(trace->sources);
		take_words(&wanted->operands, wanted->sources);
	} else {
		strings_add(&wanted->operands, trace->program);
	}
	/* Flags for the compiler say nothing about what is built already. */
	if (!trace->sources) {
		wanted->options.cflags = NULL;
		wanted->options.keep_optimisation = false;
	}
}

static void wanted_fini(struct wanted *wanted)
{
	strings_fini(&wanted->options.arguments);
	strings_fini(&wanted->operands);
	free(wanted->sources);
}

static int open_program(const struct options *options,
			const struct trace *trace, struct program *ret_program)
{
	struct wanted wanted;
	int failed;

	wanted_init(&wanted, options, trace);
	failed = program_open(&wanted.options, &wanted.operands, ret_program);
	wanted_fini(&wanted);
	if (failed)
		return -1;
	if (!program_is_called(ret_program, trace->program)) {
		complain("the trace '%s' is of another program: of '%s', not "
			 "of '%s'",
			 options->operands.at[0], trace->program,
			 ret_program->name);
		program_close(ret_program);
		return -1;
	}
	return 0;
}

static void print(const struct options *options, const struct trace *trace,
		  const struct replay *replay)
{
	const char *path = options->operands.at[0];
	struct terminal terminal = finish_terminal(options);
	const struct json_replay document = {
		.trace = path,
		.reproduced = replay->reproduced,
		.step = replay->step,
		.expected = replay->expected,
		.actual = replay->actual,
		.result = &replay->result,
	};
	const struct listing_replay listing = {
		.path = path,
		.expected = trace,
		.actual = &replay->trace,
		.result = &replay->result,
		.reproduced = replay->reproduced,
		.step = replay->step,
		.expected_step = replay->expected,
		.actual_step = replay->actual,
		.everything = options->full_listing,
	};

	if (finish_is_json(options))
		json_print(stdout, json_of_replay(&document));
	else
		listing_print_replay(&terminal, &listing);
}

static int compare(const struct options *options, const struct trace *trace,
		   const struct program *program)
{
	struct replay replay = {0};
	int status;

	if (pool_replay(program, trace, options->full_listing, &replay))
		return pool_interrupted ? STATUS_INTERRUPTED : STATUS_TROUBLE;
	for (size_t i = 0; i < replay.note_count && !options->quiet; i++)
		remark("note: %s", replay.notes[i]);
	print(options, trace, &replay);
	status = replay.reproduced ? 0 : STATUS_DIVERGED;
	if (pool_interrupted)
		status = STATUS_INTERRUPTED;
	replay_fini(&replay);
	return finish_output(status);
}

static int replay_trace(const struct options *options)
{
	struct trace trace;
	struct program program;
	int status = STATUS_TROUBLE;

	if (trace_file_read(options->operands.at[0], &trace))
		return STATUS_TROUBLE;
	interrupt_catch();
	if (open_program(options, &trace, &program) == 0) {
		status = compare(options, &trace, &program);
		program_close(&program);
	}
	trace_fini(&trace);
	return status;
}

int cli_replay(int argc, char **argv)
{
	struct options options;
	int status = STATUS_TROUBLE;

	if (options_parse(&options, SUBCOMMAND_REPLAY, argc, argv)) {
		/* It has been said. */
	} else if (options.help) {
		help_print_command(stdout, command_by_bit(SUBCOMMAND_REPLAY));
		status = finish_output(0);
	} else if (options.operands.count == 0) {
		complain("which trace? explorer replay TRACE [PROGRAM]");
	} else if (options.arguments.count) {
		complain("the program's arguments are part of the trace: leave "
			 "out what follows --");
	} else {
		status = replay_trace(&options);
	}
	options_fini(&options);
	return status;
}
