/*
 * docs/findings.md shows programs and what is printed of them: so it is.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"
#include "support/run.h"

#define DOCUMENT "docs/findings.md"
#define PROGRAM	 "```c\n/* "
#define CONSOLE	 "```console\n$ explorer "
#define END	 "\n```\n"

/* The text from after a mark to the next; NULL if there is none. *at moves on
 * to behind it. */
static char *block(const char **at, const char *begin, const char *end)
{
	const char *first = strstr(*at, begin);
	const char *last = first != NULL ? strstr(first, end) : NULL;

	if (last == NULL)
		return NULL;
	first += strlen(begin);
	*at = last;
	return strndup(first, (size_t)(last - first));
}

/* The words of a line as a shell takes them, as far as '...' goes. */
static void add_shell_words(struct arguments *arguments, const char *line)
{
	char *copy = strdup(line);
	char *rest = copy;

	while (*rest != '\0') {
		const bool quoted = *rest == '\'';
		const char *word = rest + quoted;
		char *end = rest + quoted;

		end += strcspn(end, quoted ? "'" : " ");
		rest = end + (*end != '\0');
		rest += strspn(rest, " ");
		*end = '\0';
		arguments_add(arguments, word);
	}
	free(copy);
}

/* Each line that is shown is printed, in that order; "..." stands for any. */
static void expect_lines(const char *name, const char *shown,
			 const char *printed)
{
	char *copy = strdup(shown);
	char *rest = copy;
	char *line;

	while ((line = strsep(&rest, "\n")) != NULL) {
		const char *found;

		if (strcmp(line, "...") == 0 || *line == '\0')
			continue;
		found = strstr(printed, line);
		if (found == NULL) {
			cr_fail("%s: not printed: %s\n%s", name, line, printed);
			break;
		}
		printed = found + strlen(line);
	}
	free(copy);
}

/* program: from its name on, within the comment; console: from "check" on. */
static void try_example(const char *program, const char *console)
{
	char *folder = scratch_folder("findings");
	char *name = strndup(program, strcspn(program, " "));
	char *line = strndup(console, strcspn(console, "\n"));
	struct arguments arguments = {0};
	struct run_options options = {.folder = folder};
	struct run run;
	char *text;

	cr_assert(ge(int, asprintf(&text, "/* %s", program), 0));
	free(scratch_write(folder, name, text));
	arguments_add(&arguments, explorer_path());
	add_shell_words(&arguments, line);
	run_to_end(&arguments, &options, &run);
	expect_lines(name, console + strlen(line), run.out);
	run_fini(&run);
	arguments_fini(&arguments);
	free(text);
	free(line);
	free(name);
	scratch_remove(folder);
}

Test(findings_document, shows_what_is_printed)
{
	char *text = scratch_read(DOCUMENT);
	const char *at = text;
	size_t examples = 0;
	char *program;

	while ((program = block(&at, PROGRAM, END)) != NULL) {
		char *console = block(&at, CONSOLE, END);

		cr_assert_not_null(console);
		try_example(program, console);
		free(console);
		free(program);
		examples++;
	}
	cr_expect(ge(sz, examples, 9));
	free(text);
}
