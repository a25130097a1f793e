/*
 * `explorer cc`.
 */
#include "cli/cc.h"

#include <stdio.h>
#include <string.h>

#include "base/diagnostic.h"
#include "cli/cc_command.h"
#include "cli/cc_compile.h"
#include "cli/cc_run.h"
#include "cli/finish.h"

#define STATUS_USAGE 2

static const char help[] =
	"Usage: explorer cc [--keep-optimisation] ARGUMENTS OF THE COMPILER\n"
	"       explorer c++ [--keep-optimisation] ARGUMENTS OF THE COMPILER\n"
	"\n"
	"Compiles and links as cc and c++ do, into a program that explorer\n"
	"can explore. Started by hand, it runs as any other.\n"
	"\n"
	"  make CC=\"explorer cc\"        also installed as explorer-cc and\n"
	"  cmake -DCMAKE_C_COMPILER=explorer-cc ..             explorer-c++\n"
	"\n"
	"  --keep-optimisation   leave the -O flags as they are; else -O0, so\n"
	"                        that every access of the source is there\n"
	"  EXPLORER_CC=clang     the compiler to use; gcc by default\n"
	"  EXPLORER_CXX=...      the one for C++; the companion by default\n"
	"\n"
	"-g is on unless -g0 is given. -static cannot be: the program has to\n"
	"load libexplorer.so. The compiler's own help: gcc --help\n";

static bool ends_in(const char *word, const char *end)
{
	size_t length = strlen(word);
	size_t end_length = strlen(end);

	return length >= end_length &&
	       strcmp(word + length - end_length, end) == 0;
}

/* Nothing to read means that the compiler is only asked something, and its
 * answer is none of ours. */
static int ask(const struct cc_compiler *compiler,
	       const struct cc_arguments *arguments)
{
	struct argument_list command = {0};

	argument_list_add_all(&command, &compiler->command);
	argument_list_add_all(&command, &arguments->words);
	cc_exec(&command);
	argument_list_fini(&command);
	return STATUS_USAGE;
}

/* A link is watched, for it may need a second try; all else just happens. */
static int compile(const struct cc_compiler *compiler,
		   const struct cc_arguments *arguments)
{
	struct cc_parts parts;
	struct argument_list command = {0};
	struct buffer messages = {0};
	int status = -1;

	if (cc_parts_find(&parts) < 0)
		return STATUS_USAGE;
	if (arguments->links) {
		status = cc_compile(compiler, &parts, arguments, &messages);
		if (messages.length > 0)
			fwrite(messages.data, 1, messages.length, stderr);
		buffer_fini(&messages);
	} else {
		cc_command(compiler, &parts, arguments, &command);
		cc_exec(&command);
		argument_list_fini(&command);
	}
	cc_parts_fini(&parts);
	return status < 0 ? STATUS_USAGE : status;
}

static int run(const struct cc_compiler *compiler,
	       const struct cc_arguments *arguments)
{
	if (!arguments->has_inputs)
		return ask(compiler, arguments);
	if (arguments->asked_for_tsan)
		remark("explorer cc: -fsanitize=thread left out: it "
		       "instruments "
		       "the same accesses, for libexplorer.so");
	return compile(compiler, arguments);
}

int cli_cc(int argc, char **argv)
{
	struct cc_compiler compiler;
	struct cc_arguments arguments;
	int status;

	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		fputs(help, stdout);
		return finish_output(0);
	}
	if (cc_compiler_find(ends_in(argv[0], "c++"), &compiler) < 0)
		return STATUS_USAGE;
	cc_arguments_read(argv + 1, &arguments);
	status = run(&compiler, &arguments);
	cc_arguments_fini(&arguments);
	cc_compiler_fini(&compiler);
	return status;
}
