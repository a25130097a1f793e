/*
 * The command line that a compiler is started with.
 *
 * What stands before the user's words can be overridden by them (-g), or has
 * to be met first by the linker (the library: its hooks must be found before
 * libc's functions). What stands after them has the last word.
 */
#include "cli/cc_command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/diagnostic.h"
#include "base/installation.h"
#include "base/text.h"
#include "cli/cc_run.h"

/* --- The compiler */

/* Turns the name of a C compiler into that of its companion for C++: gcc-12
 * into g++-12, clang into clang++. */
static char *companion(const char *compiler)
{
	static const char *const names[][2] = {
		{"clang", "clang++"}, {"gcc", "g++"}, {"cc", "c++"}};
	const char *slash = strrchr(compiler, '/');
	const char *base = slash ? slash + 1 : compiler;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *at = strstr(base, names[i][0]);

		if (at)
			return text_format("%.*s%s%s", (int)(at - compiler),
					   compiler, names[i][1],
					   at + strlen(names[i][0]));
	}
	return text_format("%s", compiler);
}

static void add_compiler(struct argument_list *command, bool cplusplus)
{
	const char *chosen = getenv("EXPLORER_CC");
	const char *chosen_cplusplus = getenv("EXPLORER_CXX");
	struct argument_list words = {0};

	if (cplusplus && chosen_cplusplus && *chosen_cplusplus) {
		argument_list_add_words(command, chosen_cplusplus);
		return;
	}
	argument_list_add_words(&words, chosen ? chosen : "");
	if (words.count == 0)
		argument_list_add(&words, "gcc");
	for (size_t i = 0; i < words.count; i++) {
		bool last = i + 1 == words.count;
		char *word = cplusplus && last
				     ? companion(words.items[i])
				     : text_format("%s", words.items[i]);

		argument_list_add(command, word);
		free(word);
	}
	argument_list_fini(&words);
}

/* The compiler says itself what it is; its name may be "cc". */
static int ask_kind(struct cc_compiler *compiler)
{
	struct argument_list command = {0};
	struct buffer version = {0};
	int status;

	argument_list_add_all(&command, &compiler->command);
	argument_list_add(&command, "--version");
	status = cc_run(&command, &version, NULL);
	if (status >= 0)
		compiler->is_clang =
			version.length > 0 &&
			memmem(version.data, version.length, "clang", 5);
	buffer_fini(&version);
	argument_list_fini(&command);
	return status < 0 ? -1 : 0;
}

int cc_compiler_find(bool cplusplus, struct cc_compiler *ret_compiler)
{
	const char *name;

	*ret_compiler = (struct cc_compiler){0};
	add_compiler(&ret_compiler->command, cplusplus);
	name = ret_compiler->command.items[0];
	if (strcmp(name, "gcc") == 0 || strcmp(name, "g++") == 0)
		return 0;
	if (ask_kind(ret_compiler) == 0)
		return 0;
	cc_compiler_fini(ret_compiler);
	return -1;
}

void cc_compiler_fini(struct cc_compiler *compiler)
{
	argument_list_fini(&compiler->command);
}

/* --- Our parts */

int cc_parts_find(struct cc_parts *ret_parts)
{
	struct cc_parts parts = {
		.library = installation_find("libexplorer.so"),
		.specs = installation_find("explorer-gcc.specs"),
	};

	if (!parts.library || !parts.specs) {
		complain("%s is neither beside the explorer command nor in "
			 "../lib/explorer; install Explorer anew",
			 parts.library ? "explorer-gcc.specs"
				       : "libexplorer.so");
		cc_parts_fini(&parts);
		return -1;
	}
	parts.folder = text_format(
		"%.*s", (int)(strrchr(parts.library, '/') - parts.library),
		parts.library);
	*ret_parts = parts;
	return 0;
}

void cc_parts_fini(struct cc_parts *parts)
{
	free(parts->library);
	free(parts->folder);
	free(parts->specs);
}

/* --- Putting together */

static void add_instrumentation(struct argument_list *command,
				const struct cc_compiler *compiler,
				const struct cc_parts *parts)
{
	char *assembler = text_format("-B%s/assembler/", parts->folder);

	if (compiler->is_clang) {
		/* Without the second flag, clang drops the read of x += 1. */
		argument_list_add_these(command, "-Qunused-arguments",
					"-Xclang", "-fsanitize=thread",
					"-mllvm",
					"-tsan-instrument-read-before-write=1",
					"-fno-integrated-as", NULL);
	} else {
		char *specs = text_format("-specs=%s", parts->specs);

		argument_list_add(command, specs);
		free(specs);
	}
	argument_list_add(command, assembler);
	free(assembler);
}

/* The library comes first, so that its hooks are found before the functions
 * they stand for, and stays even where nothing seems to need it. -Xlinker,
 * since a folder's name may contain a comma. */
static void add_library(struct argument_list *command,
			const struct cc_parts *parts)
{
	argument_list_add_these(command, "-Wl,--push-state,--no-as-needed",
				parts->library, "-Wl,--pop-state", "-Xlinker",
				"-rpath", "-Xlinker", parts->folder, NULL);
}

/*
 * Calls of memcpy and its kin stay calls, for a hook to see. A program that
 * asks whether it is compiled for ThreadSanitizer hears no: it would announce
 * things to a library that is not there. Link-time optimisation would run the
 * instrumentation after the specs file has had its say.
 */
static void add_last_words(struct argument_list *command, bool optimised)
{
	argument_list_add_these(command, "-fno-builtin",
				"-U__SANITIZE_THREAD__", "-fno-lto", NULL);
	/* The headers object to _FORTIFY_SOURCE where nothing is optimised. */
	if (!optimised)
		argument_list_add_these(command, "-O0", "-U_FORTIFY_SOURCE",
					"-Wp,-U_FORTIFY_SOURCE", NULL);
}

void cc_add_header(struct argument_list *command, const struct cc_parts *parts)
{
	char *folder = text_format("%s/include", parts->folder);

	argument_list_add_these(command, "-idirafter", folder, NULL);
	free(folder);
}

/* What stands before headers of the C++ library, whichever language it is:
 * nothing else includes them. */
static void add_cplusplus_headers(struct argument_list *command,
				  const struct cc_parts *parts)
{
	char *folder = text_format("%s/include/c++", parts->folder);

	argument_list_add_these(command, "-isystem", folder, NULL);
	free(folder);
}

void cc_command(const struct cc_compiler *compiler,
		const struct cc_parts *parts,
		const struct cc_arguments *arguments,
		struct argument_list *ret_command)
{
	argument_list_add_all(ret_command, &compiler->command);
	if (arguments->has_sources) {
		add_instrumentation(ret_command, compiler, parts);
		if (!arguments->has_debug)
			argument_list_add(ret_command, "-g");
	}
	if (arguments->links)
		add_library(ret_command, parts);
	argument_list_add_all(ret_command, &arguments->words);
	if (arguments->has_sources) {
		add_last_words(ret_command, arguments->keep_optimisation);
		add_cplusplus_headers(ret_command, parts);
		cc_add_header(ret_command, parts);
	}
	/* Restoring the data segment would undo lazy binding. */
	if (arguments->links)
		argument_list_add(ret_command, "-Wl,-z,now");
}
