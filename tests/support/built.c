/* See built.h. */
#include "support/built.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "support/explorer.h"

char *built(const char *compiler, const char *source, const char *folder,
	    const char *name)
{
	struct arguments arguments = {0};
	struct run run;
	char *path;

	cr_assert(ge(int, asprintf(&path, "%s/%s", folder, name), 0));
	arguments_add_words(&arguments, compiler);
	arguments_add(&arguments, path);
	arguments_add(&arguments, source);
	run_to_end(&arguments, NULL, &run);
	if (run.status != 0)
		cr_fatal("%s\nstatus %d\n%s%s", run.command, run.status,
			 run.out, run.err);
	run_fini(&run);
	arguments_fini(&arguments);
	return path;
}

char *built_by_explorer(const char *source, const char *folder,
			const char *name)
{
	char *compiler;
	char *path;

	cr_assert(
		ge(int,
		   asprintf(&compiler, "%s cc -g -pthread -o", explorer_path()),
		   0));
	path = built(compiler, source, folder, name);
	free(compiler);
	return path;
}
