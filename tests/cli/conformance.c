/*
 * What POSIX functions answer, on real threads and under a search: the programs
 * of tests/conformance print a line for each check, and glibc is right.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "support/built.h"
#include "support/explorer.h"
#include "support/run.h"

/* All programs together have at least this many. */
#define CHECKS_MIN 150

struct conformance_parameter {
	char path[120];
};

ParameterizedTestParameters(conformance, answers_as_glibc_does)
{
	struct conformance_parameter *parameters;
	glob_t found;
	size_t count;

	glob("tests/conformance/*.c", 0, NULL, &found);
	count = found.gl_pathc;
	parameters = cr_malloc((count + 1) * sizeof(*parameters));
	for (size_t i = 0; i < count; i++)
		snprintf(parameters[i].path, sizeof(parameters->path), "%s",
			 found.gl_pathv[i]);
	globfree(&found);
	return cr_make_param_array(struct conformance_parameter, parameters,
				   count, NULL);
}

/* How often a source has CHECK_SOMETHING( in it. */
static size_t checks_in(const char *path)
{
	char *source = scratch_read(path);
	size_t count = 0;

	for (const char *at = source; (at = strstr(at, "CHECK_")) != NULL;) {
		at += strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
		count += *at == '(';
	}
	free(source);
	return count;
}

static size_t lines_in(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += *text == '\n';
	return count;
}

static char *native_output(const char *path)
{
	char *folder = scratch_folder("conformance");
	char *program = built("gcc -std=gnu11 -Wall -Wextra -Werror -pthread "
			      "-o",
			      path, folder, "program");
	struct arguments words = {0};
	struct run run;
	char *output;

	arguments_add(&words, program);
	run_to_end(&words, NULL, &run);
	if (run.status != 0)
		cr_fatal("%s ends with status %d, signal %d", path, run.status,
			 run.signal);
	output = strdup(run.out);
	run_fini(&run);
	arguments_fini(&words);
	free(program);
	scratch_remove(folder);
	return output;
}

/* Takes a line off the text, which is changed. */
static const char *line_of(char **text)
{
	const char *line = strsep(text, "\n");

	return line != NULL ? line : "(nothing)";
}

static void compare(const char *path, const char *expected, const char *actual)
{
	char *texts[2] = {strdup(expected), strdup(actual)};
	char *rest[2] = {texts[0], texts[1]};

	while (rest[0] != NULL || rest[1] != NULL) {
		const char *native = line_of(&rest[0]);
		const char *searched = line_of(&rest[1]);

		if (strcmp(native, searched) != 0)
			cr_fail("%s\n  glibc:    %s\n  explorer: %s", path,
				native, searched);
	}
	free(texts[0]);
	free(texts[1]);
}

/* Every way in which it can end, not just one. */
static void compare_search(const char *path, const char *expected)
{
	char *folder = scratch_folder("conformance");
	struct arguments arguments = {0};
	struct answer answer;
	const json_t *outcome;
	const json_t *outcomes;
	size_t i;

	/* What the checks ask of the system is the same each time. */
	explorer_arguments(&arguments,
			   "check --format json --timeouts 100 "
			   "--trust open --trust fopen --trust pipe "
			   "--trust pipe2 --output");
	arguments_add(&arguments, folder);
	arguments_add(&arguments, path);
	explorer_run(&arguments, NULL, &answer);
	if (answer.json == NULL ||
	    !json_is_true(json_object_get(answer.json, "complete")))
		cr_fatal("%s: status %d\n%s%s", path, answer.run.status,
			 answer.run.out, answer.run.err);
	outcomes = json_object_get(answer.json, "outcomes");
	cr_expect(gt(sz, json_array_size(outcomes), 0));
	json_array_foreach(outcomes, i, outcome)
	{
		cr_expect(eq(str,
			     (char *)json_string_value(
				     json_object_get(outcome, "end")),
			     "exit"),
			  "%s", path);
		compare(path, expected,
			json_string_value(json_object_get(outcome, "output")));
	}
	answer_fini(&answer);
	arguments_fini(&arguments);
	scratch_remove(folder);
}

ParameterizedTest(const struct conformance_parameter *parameter, conformance,
		  answers_as_glibc_does)
{
	char *expected = native_output(parameter->path);

	cr_expect(ge(sz, lines_in(expected), checks_in(parameter->path)), "%s",
		  parameter->path);
	compare_search(parameter->path, expected);
	free(expected);
}

Test(conformance, has_enough_checks)
{
	size_t checks = 0;
	glob_t found;

	cr_assert(zero(int, glob("tests/conformance/*.c", 0, NULL, &found)));
	for (size_t i = 0; i < found.gl_pathc; i++)
		checks += checks_in(found.gl_pathv[i]);
	cr_expect(ge(sz, checks, CHECKS_MIN));
	globfree(&found);
}
