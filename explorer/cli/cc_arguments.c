/*
 * What a compiler's command line asks for.
 */
#include "cli/cc_arguments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

/* As deep as response files may name each other: gcc's own limit is 2000. */
#define RESPONSE_DEPTH_MAX 100U

static bool starts_with(const char *word, const char *start)
{
	return strncmp(word, start, strlen(start)) == 0;
}

static bool is_one_of(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(word, *words) == 0)
			return true;
	return false;
}

/* --- Response files */

/* Reads a whole file as a string; false if it cannot be read. */
static bool read_file(const char *path, struct buffer *ret_text)
{
	FILE *file = fopen(path, "re");
	char piece[4096];
	size_t length;

	if (!file)
		return false;
	while ((length = fread(piece, 1, sizeof(piece), file)) > 0)
		buffer_put(ret_text, piece, length);
	fclose(file);
	buffer_put(ret_text, "", 1);
	return true;
}

/* Appends words, "@file" replaced by the words in the file. As gcc has it, one
 * that cannot be read stands for itself. */
static void add_expanded(struct argument_list *list, char *const *words,
			 unsigned depth)
{
	for (; *words; words++) {
		struct buffer text = {0};
		struct argument_list inner = {0};

		if (**words == '@' && depth < RESPONSE_DEPTH_MAX &&
		    read_file(*words + 1, &text)) {
			argument_list_add_words(&inner, (char *)text.data);
			if (inner.count > 0)
				add_expanded(list, inner.items, depth + 1);
		} else {
			argument_list_add(list, *words);
		}
		argument_list_fini(&inner);
		buffer_fini(&text);
	}
}

/* --- One word */

/* Options whose value is the next word. */
static const char *const with_value[] = {
	"-o",
	"-x",
	"-I",
	"-L",
	"-l",
	"-D",
	"-U",
	"-A",
	"-T",
	"-u",
	"-z",
	"-e",
	"-B",
	"-include",
	"-imacros",
	"-isystem",
	"-iquote",
	"-idirafter",
	"-iprefix",
	"-iwithprefix",
	"-iwithprefixbefore",
	"-isysroot",
	"-imultilib",
	"-MF",
	"-MT",
	"-MQ",
	"-Xlinker",
	"-Xassembler",
	"-Xpreprocessor",
	"-Xclang",
	"-mllvm",
	"-target",
	"-aux-info",
	"-dumpbase",
	"-dumpbase-ext",
	"-dumpdir",
	"-wrapper",
	"--param",
	"--sysroot",
	"--output",
	"-rpath",
	NULL,
};

/* Options that end the work before anything is linked into something that
 * runs; -r makes one object of several. */
static const char *const without_link[] = {
	"-c",	      "-S",	      "-E",
	"-M",	      "-MM",	      "-fsyntax-only",
	"-r",	      "-Wl,-r",	      "--compile",
	"--assemble", "--preprocess", NULL,
};

/* Names that the linker takes as they are; all other files are compiled, or
 * are linker scripts and the like, for which our flags do nothing. */
static bool is_for_linker(const char *file)
{
	static const char *const endings[] = {".o", ".a", ".so", ".lo", NULL};
	const char *base = strrchr(file, '/');
	const char *ending = strrchr(base ? base : file, '.');

	return !ending || is_one_of(ending, endings) || strstr(file, ".so.");
}

/* Takes "thread" out of a list of sanitizers. Returns the word to pass on, in
 * place; NULL if nothing is left of it. */
static char *without_thread(char *word, bool *ret_found)
{
	char *list = strchr(word, '=') + 1;
	char *to = list;
	char *rest = NULL;

	for (char *item = strtok_r(list, ",", &rest); item;
	     item = strtok_r(NULL, ",", &rest)) {
		size_t length = strlen(item);

		if (strcmp(item, "thread") == 0) {
			*ret_found = true;
			continue;
		}
		if (to != list)
			*to++ = ',';
		memmove(to, item, length);
		to += length;
	}
	*to = '\0';
	return to == list ? NULL : word;
}

static void note_file(struct cc_arguments *arguments, const char *file)
{
	arguments->has_inputs = true;
	if (strcmp(file, "-") == 0)
		arguments->reads_input = true;
	if (!is_for_linker(file))
		arguments->has_sources = true;
}

static void note_option(struct cc_arguments *arguments, const char *option)
{
	if (is_one_of(option, without_link))
		arguments->links = false;
	else if (strcmp(option, "-static") == 0 ||
		 strcmp(option, "--static") == 0 ||
		 strcmp(option, "-static-pie") == 0)
		arguments->is_static = true;
	else if (starts_with(option, "-l"))
		arguments->has_inputs = true;
	else if (starts_with(option, "-x"))
		arguments->has_sources = true;
	else if (starts_with(option, "-g"))
		arguments->has_debug = true;
	else if (starts_with(option, "-fdiagnostics-color") ||
		 starts_with(option, "-fno-diagnostics-color") ||
		 starts_with(option, "-fcolor-diagnostics") ||
		 starts_with(option, "-fno-color-diagnostics"))
		arguments->has_colour = true;
}

/* Takes what is meant for us, or in our way, out of the words. Returns the
 * word to pass on, or NULL. */
static char *take(struct cc_arguments *arguments, char *word)
{
	if (strcmp(word, "--keep-optimisation") == 0) {
		arguments->keep_optimisation = true;
		return NULL;
	}
	if (starts_with(word, "-fsanitize="))
		return without_thread(word, &arguments->asked_for_tsan);
	return word;
}

void cc_arguments_read(char *const *argv, struct cc_arguments *ret_arguments)
{
	struct argument_list all = {0};
	struct cc_arguments *arguments = ret_arguments;

	*arguments = (struct cc_arguments){.links = true};
	add_expanded(&all, argv, 0);
	for (size_t i = 0; i < all.count; i++) {
		char *word = take(arguments, all.items[i]);

		if (!word)
			continue;
		argument_list_add(&arguments->words, word);
		if (word[0] != '-' || word[1] == '\0')
			note_file(arguments, word);
		else
			note_option(arguments, word);
		if (is_one_of(word, with_value) && i + 1 < all.count)
			argument_list_add(&arguments->words, all.items[++i]);
	}
	argument_list_fini(&all);
}

void cc_arguments_fini(struct cc_arguments *arguments)
{
	argument_list_fini(&arguments->words);
}
