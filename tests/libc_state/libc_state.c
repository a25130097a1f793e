/*
 * What a program leaves in libc is gone when its next execution begins; see
 * README.md beside this file.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "engine/check.h"
#include "support/explorer.h"

#define INPUT_FILE "tests/libc_state/input.txt"

struct state_parameter {
	char path[120];
};

ParameterizedTestParameters(libc_state, is_the_same_in_every_execution)
{
	struct state_parameter *parameters;
	size_t count;
	glob_t found;

	glob("tests/libc_state/programs/*.c", 0, NULL, &found);
	count = found.gl_pathc;
	parameters = cr_malloc((count + 1) * sizeof(*parameters));
	for (size_t i = 0; i < count; i++)
		snprintf(parameters[i].path, sizeof(parameters->path), "%s",
			 found.gl_pathv[i]);
	globfree(&found);
	return cr_make_param_array(struct state_parameter, parameters, count,
				   NULL);
}

/* Output and errors of a run on real threads, in one stream. */
static char *native_output(const char *path, const char *folder)
{
	struct arguments arguments = {0};
	struct run run;
	char *script;
	char *output;

	cr_assert(ge(int,
		     asprintf(&script,
			      "gcc -w -D_GNU_SOURCE -pthread %s -o %s/native "
			      "-lm && exec %s/native 2>&1 <" INPUT_FILE,
			      path, folder, folder),
		     0));
	arguments_add_words(&arguments, "sh -c");
	arguments_add(&arguments, script);
	run_to_end(&arguments, NULL, &run);
	if (run.status != 0)
		cr_fatal("%s\nstatus %d\n%s%s", run.command, run.status,
			 run.out, run.err);
	output = strdup(run.out);
	run_fini(&run);
	arguments_fini(&arguments);
	free(script);
	return output;
}

static void search(const char *path, const char *folder,
		   struct answer *ret_answer)
{
	struct arguments arguments = {0};

	explorer_arguments(&arguments, "check --format json --strategy dfs "
				       "--cflags");
	arguments_add(&arguments, "-D_GNU_SOURCE -lm");
	arguments_add_words(&arguments, "--stdin " INPUT_FILE " --output");
	arguments_add(&arguments, folder);
	arguments_add(&arguments, path);
	explorer_run(&arguments, NULL, ret_answer);
	arguments_fini(&arguments);
	if (ret_answer->json == NULL)
		cr_fatal("%s\nexpected JSON\nactual status %d, signal %d\n"
			 "stdout: %.2000s\nstderr: %.2000s",
			 ret_answer->run.command, ret_answer->run.status,
			 ret_answer->run.signal, ret_answer->run.out,
			 ret_answer->run.err);
}

/* With CHECK=1 every byte of a state must be the same again. */
static bool keeps_what_the_kernel_chose(const char *path)
{
	char *source = scratch_read(path);
	bool keeps = strstr(source, "Keeps what the kernel chose") != NULL;

	free(source);
	return keeps;
}

ParameterizedTest(const struct state_parameter *parameter, libc_state,
		  is_the_same_in_every_execution)
{
	char *folder;
	char *expected;
	struct answer answer;
	const json_t *outcomes;
	const char *output;
	char *lines;

	if (CHECKED && keeps_what_the_kernel_chose(parameter->path))
		cr_skip_test("%s", parameter->path);
	folder = scratch_folder("state");
	expected = native_output(parameter->path, folder);
	search(parameter->path, folder, &answer);
	outcomes = json_object_get(answer.json, "outcomes");
	output = json_string_value(
		json_object_get(json_array_get(outcomes, 0), "output"));
	lines = outcome_lines(answer.json, OUTCOME_VALUES_AND_OUTPUT);
	if (json_array_size(outcomes) != 1 || output == NULL ||
	    strcmp(output, expected) != 0)
		cr_fail("%s\nexpected one outcome, exit 0, as natively:\n%s\n"
			"actual:\n%.4000s\n",
			parameter->path, expected, lines);
	if (answer_integer(&answer, "executions") < 2)
		cr_fail("%s: expected several executions, actual %lld",
			parameter->path, answer_integer(&answer, "executions"));
	if (json_array_size(json_object_get(answer.json, "findings")) != 0)
		cr_fail("%s: expected no finding, actual %.4000s",
			parameter->path, answer.run.out);
	free(lines);
	free(expected);
	answer_fini(&answer);
	scratch_remove(folder);
}
