/*
 * Making an executable of C files for `explorer check FILE.c`, once.
 *
 * The name of what is made is a digest of all that went into it: the
 * preprocessed sources, which include every header, the command line, the
 * current folder (it is in the debug information), the compiler and the
 * library. Preprocessing costs a tenth of compiling.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diagnostic.h"
#include "base/hash.h"
#include "base/text.h"
#include "cli/cc.h"
#include "cli/cc_cache.h"
#include "cli/cc_command.h"
#include "cli/cc_compile.h"
#include "cli/cc_run.h"

/* All that a build needs, found before it begins. */
struct workshop {
	const struct cc_build *build;
	struct cc_compiler compiler;
	struct cc_parts parts;
	struct argument_list words; /* the user's, sources included */
	struct buffer messages;
};

/* The words of `explorer cc FILE... -pthread CFLAGS`; a library named in CFLAGS
 * has to come after the sources that need it. */
static void add_words(const struct cc_build *build, struct argument_list *words)
{
	if (build->plain)
		argument_list_add_these(words, "-O2", "-g", NULL);
	else if (build->keep_optimisation)
		argument_list_add(words, "--keep-optimisation");
	argument_list_add(words, "-pthread");
	for (size_t i = 0; i < build->source_count; i++)
		argument_list_add(words, build->sources[i]);
	if (build->cflags)
		argument_list_add_words(words, build->cflags);
}

static bool any_is_cplusplus(const struct cc_build *build)
{
	for (size_t i = 0; i < build->source_count; i++)
		if (text_is_cplusplus(build->sources[i]))
			return true;
	return false;
}

static int workshop_open(const struct cc_build *build,
			 struct workshop *ret_workshop)
{
	struct workshop *workshop = ret_workshop;

	*workshop = (struct workshop){.build = build};
	if (cc_compiler_find(any_is_cplusplus(build), &workshop->compiler) < 0)
		return -1;
	if (cc_parts_find(&workshop->parts) < 0) {
		cc_compiler_fini(&workshop->compiler);
		return -1;
	}
	add_words(build, &workshop->words);
	return 0;
}

/* What the compiler said goes to the caller. */
static void workshop_close(struct workshop *workshop, char **ret_messages)
{
	*ret_messages = text_format(
		"%.*s", (int)workshop->messages.length,
		workshop->messages.data ? (char *)workshop->messages.data : "");
	buffer_fini(&workshop->messages);
	argument_list_fini(&workshop->words);
	cc_parts_fini(&workshop->parts);
	cc_compiler_fini(&workshop->compiler);
}

/* Runs the compiler with more words than the user's. Returns its status. */
static int preprocess(struct workshop *workshop, struct buffer *ret_text)
{
	struct argument_list words = {0};
	struct argument_list command = {0};
	struct cc_arguments arguments;
	int status;

	argument_list_add_all(&words, &workshop->words);
	argument_list_add(&words, "-E");
	cc_arguments_read(words.items, &arguments);
	cc_command(&workshop->compiler, &workshop->parts, &arguments, &command);
	status = cc_run(&command, ret_text, &workshop->messages);
	cc_arguments_fini(&arguments);
	argument_list_fini(&command);
	argument_list_fini(&words);
	return status;
}

static int compile(struct workshop *workshop, const char *output)
{
	struct argument_list words = {0};
	struct cc_arguments arguments;
	int status;

	argument_list_add_all(&words, &workshop->words);
	argument_list_add_these(&words, "-o", output, NULL);
	if (workshop->build->plain) {
		struct argument_list command = {0};

		argument_list_add_all(&command, &workshop->compiler.command);
		argument_list_add_all(&command, &words);
		cc_add_header(&command, &workshop->parts);
		status = cc_run(&command, NULL, &workshop->messages);
		argument_list_fini(&command);
	} else {
		cc_arguments_read(words.items, &arguments);
		status = cc_compile(&workshop->compiler, &workshop->parts,
				    &arguments, &workshop->messages);
		cc_arguments_fini(&arguments);
	}
	argument_list_fini(&words);
	return status;
}

/* --- The digest */

/* A word, and the file that it may name: an object or an archive is not
 * preprocessed, and goes by its size and time. */
static uint64_t digest_word(const char *word, uint64_t digest)
{
	struct stat status;

	digest = hash_bytes(word, strlen(word) + 1, digest);
	if (*word == '-' || stat(word, &status) < 0)
		return digest;
	digest = hash_mix(digest, (uint64_t)status.st_size);
	digest = hash_mix(digest, (uint64_t)status.st_mtim.tv_sec);
	return hash_mix(digest, (uint64_t)status.st_mtim.tv_nsec);
}

static uint64_t digest_compiler(const struct cc_compiler *compiler,
				uint64_t digest)
{
	struct argument_list command = {0};
	struct buffer version = {0};

	argument_list_add_all(&command, &compiler->command);
	argument_list_add(&command, "--version");
	cc_run(&command, &version, NULL);
	if (version.length > 0)
		digest = hash_bytes(version.data, version.length, digest);
	for (size_t i = 0; i < compiler->command.count; i++)
		digest = digest_word(compiler->command.items[i], digest);
	buffer_fini(&version);
	argument_list_fini(&command);
	return digest;
}

static uint64_t digest_all(const struct workshop *workshop,
			   const struct buffer *text)
{
	char *folder = getcwd(NULL, 0);
	uint64_t digest = workshop->build->plain;

	if (text->length > 0)
		digest = hash_bytes(text->data, text->length, digest);
	digest = digest_word(folder ? folder : "", digest);
	digest = digest_compiler(&workshop->compiler, digest);
	digest = digest_word(workshop->parts.library, digest);
	digest = digest_word(workshop->parts.specs, digest);
	for (size_t i = 0; i < workshop->words.count; i++)
		digest = digest_word(workshop->words.items[i], digest);
	free(folder);
	return digest;
}

/* --- Making it */

/* "counter-0123456789abcdef": a name that says something in a list of
 * processes. */
static char *entry_path(const char *folder, const char *source, uint64_t digest)
{
	const char *slash = strrchr(source, '/');
	const char *base = slash ? slash + 1 : source;
	const char *ending = strrchr(base, '.');
	size_t length = ending ? (size_t)(ending - base) : strlen(base);

	return text_format("%s/%.*s-%016llx", folder, (int)length, base,
			   (unsigned long long)digest);
}

/* collect2 of gcc, and clang. */
static bool linker_failed(const struct buffer *messages)
{
	static const char *const words[] = {"ld returned",
					    "linker command failed"};

	for (size_t i = 0; messages->length > 0 && i < 2; i++)
		if (memmem(messages->data, messages->length, words[i],
			   strlen(words[i])))
			return true;
	return false;
}

/* Compiles into a file of this process alone, then puts it in place: whoever
 * finds the entry finds it whole. */
static int make_entry(struct workshop *workshop, const char *folder,
		      const char *path)
{
	char *temporary = text_format("%s.%ld.tmp", path, (long)getpid());
	int status = compile(workshop, temporary);

	if (status == 0 && rename(temporary, path) < 0) {
		complain("cannot keep the compiled program %s: %s", path,
			 strerror(errno));
		status = -1;
	} else if (status > 0) {
		complain("%s does not %s", workshop->build->sources[0],
			 linker_failed(&workshop->messages) ? "link"
							    : "compile");
	}
	if (status != 0)
		unlink(temporary);
	free(temporary);
	cc_cache_prune(folder);
	return status == 0 ? 0 : -1;
}

static int find_or_make(struct workshop *workshop, const char *folder,
			char **ret_executable)
{
	struct buffer text = {0};
	int status = preprocess(workshop, &text);
	char *path = NULL;

	if (status == 0) {
		/* What it warned of, the compiler proper says again. */
		buffer_clear(&workshop->messages);
		path = entry_path(folder, workshop->build->sources[0],
				  digest_all(workshop, &text));
		if (cc_cache_touch(path) < 0)
			status = make_entry(workshop, folder, path);
	} else if (status > 0) {
		complain("%s does not compile", workshop->build->sources[0]);
	}
	buffer_fini(&text);
	if (status == 0)
		*ret_executable = path;
	else
		free(path);
	return status == 0 ? 0 : -1;
}

int cc_build(const struct cc_build *build, char **ret_executable,
	     char **ret_messages)
{
	struct workshop workshop;
	char *folder;
	int result = -1;

	*ret_messages = text_format("%s", "");
	folder = cc_cache_folder();
	if (!folder)
		return -1;
	if (workshop_open(build, &workshop) == 0) {
		free(*ret_messages);
		result = find_or_make(&workshop, folder, ret_executable);
		workshop_close(&workshop, ret_messages);
	}
	free(folder);
	return result;
}
