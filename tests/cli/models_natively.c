/*
 * The models are plain pthreads programs: each builds with the compiler alone,
 * runs, and ends in a way that its comment allows.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "support/built.h"
#include "support/explorer.h"
#include "support/run.h"

/* A model may deadlock natively, too; it is given this long. */
#define SECONDS 10

static void run_natively(const char *model)
{
	char *folder = scratch_folder("native");
	char *program = built("gcc -Wall -Wextra -Werror -O2 -pthread -o",
			      model, folder, "model");
	struct arguments words = {0};
	struct run_options options = {.timeout_seconds = SECONDS};
	struct run run;

	arguments_add(&words, program);
	run_to_end(&words, &options, &run);
	cr_expect(run.timed_out ? strstr(model, "deadlock") != NULL
				: run.status == 0,
		  "%s ended with status %d, signal %d", model, run.status,
		  run.signal);
	if (!run.timed_out)
		cr_expect(strncmp(run.out, "x = ", 4) == 0, "%s says: %s",
			  model, run.out);
	run_fini(&run);
	arguments_fini(&words);
	free(program);
	scratch_remove(folder);
}

Test(models_natively, build_and_run_without_explorer)
{
	glob_t models;

	cr_assert(eq(int, glob("models/*.c", 0, NULL, &models), 0));
	cr_assert(models.gl_pathc >= 7);
	for (size_t i = 0; i < models.gl_pathc; i++)
		run_natively(models.gl_pathv[i]);
	globfree(&models);
}
