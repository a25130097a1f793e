/*
 * docs/findings.md shows programs and what is printed of them: so it is.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "support/document.h"
#include "support/explorer.h"

#define DOCUMENT "docs/findings.md"
#define PROGRAM	 "```c\n/* "
#define CONSOLE	 "```console\n$ explorer "

/* program: from its name on, within the comment; console: from "check" on. */
static void try_example(const char *program, const char *console)
{
	char *folder = scratch_folder("findings");
	char *name = strndup(program, strcspn(program, " "));
	char *text;

	cr_assert(ge(int, asprintf(&text, "/* %s", program), 0));
	free(scratch_write(folder, name, text));
	document_try(name, folder, console);
	free(text);
	free(name);
	scratch_remove(folder);
}

Test(findings_document, shows_what_is_printed)
{
	char *text = scratch_read(DOCUMENT);
	const char *at = text;
	size_t examples = 0;
	char *program;

	while ((program = document_block(&at, PROGRAM, DOCUMENT_END)) != NULL) {
		char *console = document_block(&at, CONSOLE, DOCUMENT_END);

		cr_assert_not_null(console);
		try_example(program, console);
		free(console);
		free(program);
		examples++;
	}
	cr_expect(ge(sz, examples, 9));
	free(text);
}
