/*
 * From what the user named to a program that can be run.
 */
#include "cli/program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diagnostic.h"
#include "base/text.h"
#include "cli/cc.h"
#include "symbols/elf.h"

/* --- C files */

/* Whether it can be opened to be read: 0, or -1 with errno, EISDIR for a
 * folder. */
static int try_to_read(const char *name)
{
	struct stat status;
	int file = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool is_folder;

	if (file < 0)
		return -1;
	is_folder = fstat(file, &status) == 0 && S_ISDIR(status.st_mode);
	close(file);
	if (!is_folder)
		return 0;
	errno = EISDIR;
	return -1;
}

static int look_at_source(const char *name)
{
	if (try_to_read(name) == 0)
		return 0;
	if (errno == EISDIR)
		complain("'%s' is a folder, not a C file", name);
	else
		complain("cannot read '%s': %s", name, strerror(errno));
	return -1;
}

static int look_at_sources(const struct strings *operands)
{
	for (size_t i = 0; i < operands->count; i++) {
		const char *name = operands->at[i];

		if (!text_source_ending(name)) {
			complain("'%s' is no C file, and '%s' is one: the "
				 "program's own arguments come after --",
				 name, operands->at[0]);
			return -1;
		}
	}
	for (size_t i = 0; i < operands->count; i++)
		if (look_at_source(operands->at[i]))
			return -1;
	return 0;
}

static char *joined(const struct strings *names)
{
	struct buffer text = {0};

	for (size_t i = 0; i < names->count; i++)
		text_add(&text, "%s%s", i > 0 ? " " : "", names->at[i]);
	return (char *)text.data;
}

static int build(const struct options *options, const struct strings *operands,
		 struct program *program)
{
	const struct cc_build wanted = {
		.sources = operands->at,
		.source_count = operands->count,
		.cflags = options->cflags,
		.keep_optimisation = options->keep_optimisation,
		.plain = options->plain,
	};
	char *messages;
	int failed;

	if (look_at_sources(operands))
		return -1;
	failed = cc_build(&wanted, &program->executable, &messages);
	/* Warnings about a program that was built are worth seeing, too. */
	if (*messages && !options->quiet)
		fputs(messages, stderr);
	free(messages);
	if (failed)
		return -1;
	program->sources = joined(operands);
	return 0;
}

/* --- Executables */

static void complain_of_kind(const char *name, enum elf_kind kind)
{
	switch (kind) {
	case ELF_KIND_GOOD:
		break;
	case ELF_KIND_MISSING:
		complain("there is no file '%s'", name);
		break;
	case ELF_KIND_UNREADABLE:
		complain("cannot read '%s': %s", name, strerror(errno));
		break;
	case ELF_KIND_NOT_ELF:
		complain("'%s' is neither a C file (whose name ends in .c) nor "
			 "an executable: name one of these",
			 name);
		break;
	case ELF_KIND_OTHER_MACHINE:
		complain("'%s' is for another kind of processor: build it on "
			 "this machine with explorer cc",
			 name);
		break;
	case ELF_KIND_NOT_EXECUTABLE:
		complain("'%s' is no executable program: link it with "
			 "explorer cc",
			 name);
		break;
	case ELF_KIND_NOT_PERMITTED:
		complain("'%s' cannot be executed: %s; chmod +x allows it",
			 name, strerror(errno));
		break;
	case ELF_KIND_STATIC:
		complain("'%s' is linked statically, so that it cannot be "
			 "explored: link it with explorer cc and without "
			 "-static",
			 name);
		break;
	case ELF_KIND_LIBTSAN:
		complain("'%s' is linked with libtsan: build it with explorer "
			 "cc and without -fsanitize=thread",
			 name);
		break;
	case ELF_KIND_NOT_EXPLORER:
		complain("'%s' was not built with explorer cc: build it with "
			 "explorer cc -g -pthread, or name its C files",
			 name);
		break;
	}
}

/* A program without hooks may be anything that the system can run. */
static bool runs_plain(enum elf_kind kind)
{
	return kind == ELF_KIND_GOOD || kind == ELF_KIND_STATIC ||
	       kind == ELF_KIND_NOT_EXPLORER;
}

static int inspect(const struct options *options, const char *name,
		   struct program *program)
{
	enum elf_kind kind;

	kind = elf_inspect(name, NULL);
	if (kind != ELF_KIND_GOOD && !(options->plain && runs_plain(kind))) {
		complain_of_kind(name, kind);
		return -1;
	}
	if (options->cflags || options->keep_optimisation) {
		complain("--%s is for C files, and '%s' is built already",
			 options->cflags ? "cflags" : "keep-optimisation",
			 name);
		return -1;
	}
	/* Not to be looked for in $PATH. */
	program->executable =
		strchr(name, '/') ? strdup(name) : text_format("./%s", name);
	return 0;
}

static int look_at_executables(const struct strings *operands)
{
	if (operands->count <= 1)
		return 0;
	complain("one executable at a time, and not '%s' as well: the "
		 "program's own arguments come after --",
		 operands->at[1]);
	return -1;
}

/* --- Both */

static int look_at_input(const char *input)
{
	if (!input || try_to_read(input) == 0)
		return 0;
	if (errno == EISDIR)
		complain("--stdin: '%s' is a folder", input);
	else
		complain("--stdin: cannot read '%s': %s", input,
			 strerror(errno));
	return -1;
}

int program_open(const struct options *options, const struct strings *operands,
		 struct program *ret_program)
{
	struct program program = {0};
	int failed;

	if (operands->count == 0) {
		complain("which program? Name a C file, or an executable that "
			 "was built with explorer cc");
		return -1;
	}
	if (look_at_input(options->input))
		return -1;
	program.name = strdup(operands->at[0]);
	program.cflags = options->cflags ? strdup(options->cflags) : NULL;
	program.input = options->input ? strdup(options->input) : NULL;
	program.optimised = options->keep_optimisation || options->plain;
	program.argument_count = options->arguments.count;
	program.arguments =
		calloc(options->arguments.count + 1, sizeof(char *));
	for (size_t i = 0; i < options->arguments.count; i++)
		program.arguments[i] = strdup(options->arguments.at[i]);

	if (text_source_ending(operands->at[0]))
		failed = build(options, operands, &program);
	else
		failed = look_at_executables(operands) ||
			 inspect(options, operands->at[0], &program);
	if (failed) {
		program_close(&program);
		return -1;
	}
	*ret_program = program;
	return 0;
}

void program_close(struct program *program)
{
	for (size_t i = 0; i < program->argument_count; i++)
		free(program->arguments[i]);
	free(program->arguments);
	free(program->name);
	free(program->executable);
	free(program->sources);
	free(program->cflags);
	free(program->input);
	*program = (struct program){0};
}

/* The last part of a path, without ".c" and the like; a new string. */
static char *stem_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path;
	const char *ending = text_source_ending(base);

	return ending ? strndup(base, (size_t)(ending - base)) : strdup(base);
}

bool program_is_called(const struct program *program, const char *name)
{
	char *mine = stem_of(program->name);
	char *other = stem_of(name);
	bool same = strcmp(mine, other) == 0;

	free(mine);
	free(other);
	return same;
}
