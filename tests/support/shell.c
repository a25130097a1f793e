/* See shell.h. */
#include "support/shell.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/explorer.h"

char *shell_folder(const char *name, const char *text)
{
	char *folder = scratch_folder("cc");

	free(scratch_write(folder, name, text));
	return folder;
}

void shell_run(const char *folder, const char *script, struct run *ret_run)
{
	struct arguments arguments = {0};
	char *top = getcwd(NULL, 0);
	char *explorer = NULL;
	char *place = NULL;
	char *text = NULL;
	int made = asprintf(&explorer, "EXPLORER=%s", explorer_path());

	made = made < 0 ? made : asprintf(&place, "TOP=%s", top);
	made = made < 0 ? made
			: asprintf(&text,
				   "set -e\n"
				   /* What `make check` was given is for its
				    * own build. */
				   "unset MAKEFLAGS MFLAGS\n"
				   "cc() { \"$EXPLORER\" cc \"$@\"; }\n"
				   "%s\n",
				   script);
	cr_assert(made >= 0);
	arguments_add(&arguments, "/bin/sh");
	arguments_add(&arguments, "-c");
	arguments_add(&arguments, text);
	run_to_end(
		&arguments,
		&(struct run_options){
			.folder = folder,
			.environment = (const char *const[]){explorer, place,
							     "LC_ALL=C", NULL},
		},
		ret_run);
	arguments_fini(&arguments);
	free(text);
	free(place);
	free(explorer);
	free(top);
}

static void expect_success(const struct run *run, const char *script)
{
	cr_assert(eq(int, run->status, 0), "%s\n%s%s", script, run->out,
		  run->err);
}

void shell_prints(const char *folder, const char *script, const char *expected)
{
	struct run run;

	shell_run(folder, script, &run);
	expect_success(&run, script);
	cr_expect(eq(str, run.out, (char *)expected), "%s", script);
	run_fini(&run);
}

static void mentions(const char *folder, const char *script, const char *words,
		     bool expected)
{
	struct run run;

	shell_run(folder, script, &run);
	expect_success(&run, script);
	cr_expect(eq(int, strstr(run.out, words) != NULL, expected),
		  "%s\n%s: \"%s\" in:\n%s", script,
		  expected ? "expected" : "unexpected", words, run.out);
	run_fini(&run);
}

void shell_mentions(const char *folder, const char *script, const char *words)
{
	mentions(folder, script, words, true);
}

void shell_never_mentions(const char *folder, const char *script,
			  const char *words)
{
	mentions(folder, script, words, false);
}

void shell_fails(const char *folder, const char *script, int status,
		 const char *words)
{
	struct run run;

	shell_run(folder, script, &run);
	cr_expect(eq(int, run.status, status), "%s\n%s%s", script, run.out,
		  run.err);
	cr_expect(strstr(run.err, words) != NULL, "%s\nexpected \"%s\" in:\n%s",
		  script, words, run.err);
	run_fini(&run);
}
