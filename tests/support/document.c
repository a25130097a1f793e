/*
 * See document.h.
 */
#include "support/document.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"
#include "support/run.h"

char *document_block(const char **at, const char *begin, const char *end)
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

/* Takes the figure out of each " 0.01 s". */
static void leave_times_out(char *text)
{
	char *to = text;

	for (const char *from = text; *from != '\0';) {
		const size_t figure = strspn(from, "0123456789.");
		const bool is_time = figure > 0 && from != text &&
				     from[-1] == ' ' &&
				     memchr(from, '.', figure) != NULL &&
				     strncmp(from + figure, " s", 2) == 0 &&
				     !isalnum((unsigned char)from[figure + 2]);

		if (is_time)
			from += figure;
		else
			*to++ = *from++;
	}
	*to = '\0';
}

static void expect_lines(const char *name, char *shown, const char *printed)
{
	char *line;

	while ((line = strsep(&shown, "\n")) != NULL) {
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
}

/* Documents call the command as one that is installed. */
static char *path_with_command(void)
{
	const char *command = explorer_path();
	char *path = NULL;

	cr_assert(asprintf(&path, "PATH=%.*s:%s",
			   (int)(basename(command) - command), command,
			   getenv("PATH")) > 0);
	return path;
}

void document_try(const char *name, const char *folder, const char *console)
{
	char *line = strndup(console, strcspn(console, "\n"));
	char *shown = strdup(console + strlen(line));
	struct arguments arguments = {0};
	char *path = path_with_command();
	/* As wide as where it is not said how wide it may be. */
	struct run_options options = {
		.folder = folder,
		.environment = (const char *const[]){"COLUMNS", path, NULL}};
	struct run run;

	arguments_add(&arguments, basename(explorer_path()));
	add_shell_words(&arguments, line);
	run_to_end(&arguments, &options, &run);
	leave_times_out(shown);
	leave_times_out(run.out);
	expect_lines(name, shown, run.out);
	run_fini(&run);
	arguments_fini(&arguments);
	free(path);
	free(shown);
	free(line);
}
