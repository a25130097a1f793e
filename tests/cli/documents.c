/*
 * README.md and docs/tutorial.md show commands and what these print: so it is.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/document.h"
#include "support/explorer.h"

#define CONSOLE "```console\n"
#define COMMAND "$ explorer "

/* Where the programs of models/ are, and no traces yet. */
static char *folder_with_models(void)
{
	char *folder = scratch_folder("documents");
	char *models = realpath("models", NULL);
	char *link;

	cr_assert_not_null(models);
	cr_assert(ge(int, asprintf(&link, "%s/models", folder), 0));
	cr_assert(zero(int, symlink(models, link)));
	free(link);
	free(models);
	return folder;
}

/* What real threads come to is another story each time. */
static bool is_luck(const char *command)
{
	return strncmp(command, "compare ", strlen("compare ")) == 0;
}

/* Each command of a block, in order. Returns how many. */
static size_t try_commands(const char *document, const char *folder,
			   const char *block)
{
	const char *at = strstr(block, COMMAND);
	size_t count = 0;

	while (at != NULL) {
		const char *console = at + strlen(COMMAND);
		const char *next = strstr(console, "\n" COMMAND);
		char *one = next != NULL
				    ? strndup(console, (size_t)(next - console))
				    : strdup(console);

		if (!is_luck(one)) {
			document_try(document, folder, one);
			count++;
		}
		free(one);
		at = next != NULL ? next + 1 : NULL;
	}
	return count;
}

static void try_document(const char *document, const char *folder, size_t least)
{
	char *text = scratch_read(document);
	const char *at = text;
	size_t count = 0;
	char *block;

	while ((block = document_block(&at, CONSOLE, DOCUMENT_END)) != NULL) {
		count += try_commands(document, folder, block);
		free(block);
	}
	cr_expect(ge(sz, count, least), "%s", document);
	free(text);
}

/* A model with one piece of its text replaced. */
static void write_changed(const char *folder, const char *name,
			  const char *model, const char *piece,
			  const char *other)
{
	char *text = scratch_read(model);
	char *found = strstr(text, piece);
	char *changed;

	cr_assert_not_null(found, "%s", piece);
	cr_assert(ge(int,
		     asprintf(&changed, "%.*s%s%s", (int)(found - text), text,
			      other, found + strlen(piece)),
		     0));
	free(scratch_write(folder, name, changed));
	free(changed);
	free(text);
}

Test(documents, the_readme_shows_what_is_printed)
{
	char *folder = folder_with_models();

	try_document("README.md", folder, 4);
	scratch_remove(folder);
}

/* With the changes that it asks for. */
Test(documents, the_tutorial_shows_what_is_printed)
{
	char *folder = folder_with_models();

	write_changed(folder, "counter_volatile.c", "models/counter.c",
		      "\nint x;", "\nvolatile int x;");
	write_changed(folder, "counter_halves.c", "models/counter_lock.c",
		      "\tx += 1;\n",
		      "\tint old = x;\n\n\tpthread_mutex_unlock(&lock);\n"
		      "\tpthread_mutex_lock(&lock);\n\tx = old + 1;\n");
	try_document("docs/tutorial.md", folder, 11);
	scratch_remove(folder);
}
