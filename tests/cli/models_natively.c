/*
 * The models are plain pthreads programs: each builds with the compiler alone,
 * runs, and ends in a way that its comment allows.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glob.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "cli/expectation.h"
#include "support/built.h"
#include "support/explorer.h"
#include "support/run.h"

/* A model may deadlock natively, too; it is given this long. */
#define SECONDS 5

static bool begins(const char *line, const char *word)
{
	const size_t length = strlen(word);

	return strncmp(line, word, length) == 0 &&
	       (line[length] == ' ' || line[length] == '\0');
}

/* The output as the lines write it: quoted, with C's escapes. */
static char *quoted(const char *text)
{
	json_t *string = json_string(text);
	char *quoted = json_dumps(string, JSON_ENCODE_ANY);

	json_decref(string);
	return quoted;
}

static bool ended_with(const struct run *run, const char *line)
{
	char status[32];

	snprintf(status, sizeof(status), "exit %d", run->status);
	if (run->timed_out)
		return begins(line, "deadlock") || begins(line, "livelock");
	if (run->signal == SIGABRT)
		return begins(line, "assertion") || begins(line, "abort");
	if (run->signal != 0)
		return begins(line, "crash");
	return begins(line, status);
}

static bool wrote(const struct run *run, const char *line)
{
	const char *output = strchr(line, '"');
	char *actual = quoted(run->out);
	const bool same = output == NULL || strcmp(actual, output) == 0;

	free(actual);
	return same;
}

static bool is_allowed(const struct expectation *expectation,
		       const struct run *run)
{
	for (size_t i = 0; i < expectation->outcomes.count; i++)
		if (ended_with(run, expectation->outcomes.at[i]) &&
		    (run->signal != 0 ||
		     wrote(run, expectation->outcomes.at[i])))
			return true;
	return false;
}

static void run_case(const char *model, const char *program,
		     const struct expectation *expectation)
{
	struct arguments words = {0};
	struct run_options options = {.timeout_seconds = SECONDS};
	struct run run;

	arguments_add(&words, program);
	for (size_t i = 0; i < expectation->arguments.count; i++)
		arguments_add(&words, expectation->arguments.at[i]);
	run_to_end(&words, &options, &run);
	cr_expect(is_allowed(expectation, &run),
		  "%s: %s ended with status %d, signal %d and says: %s", model,
		  run.command, run.status, run.signal, run.out);
	run_fini(&run);
	arguments_fini(&words);
}

static void run_natively(const char *model)
{
	char *folder = scratch_folder("native");
	char *program =
		built("gcc -Wall -Wextra -Wpedantic -Werror -O2 -pthread -o",
		      model, folder, "model");
	int cases = 1;

	for (int i = 1; i <= cases; i++) {
		struct expectation expectation;

		expectation_read_case(model, i, &expectation);
		cases = expectation.case_count;
		run_case(model, program, &expectation);
		expectation_fini(&expectation);
	}
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
