/*
 * A search over states runs a step once and recalls it where it has the same
 * parts of a state before it (strategy/collapsed.h). The programs in
 * ../programs/known_steps do what a step could depend on besides: they end as
 * they do under every interleaving, and where each recalled step is made by the
 * program all the same, that has done what was recalled.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
#include <glob.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/finding_lines.h"
#include "support/explorer.h"

struct known_steps_parameter {
	char path[120];
};

ParameterizedTestParameters(known_steps, are_what_the_program_does)
{
	struct known_steps_parameter *parameters;
	glob_t found;
	size_t count;

	cr_assert(zero(
		int, glob("tests/programs/known_steps/*.c", 0, NULL, &found)));
	count = found.gl_pathc;
	parameters = cr_malloc(count * sizeof(*parameters));
	for (size_t i = 0; i < count; i++)
		snprintf(parameters[i].path, sizeof(parameters->path), "%s",
			 found.gl_pathv[i]);
	globfree(&found);
	return cr_make_param_array(struct known_steps_parameter, parameters,
				   count, NULL);
}

/* Outcomes and findings of a complete search. */
static char *searched(const char *path, const char *options)
{
	struct arguments arguments = {0};
	struct answer answer;
	char *outcomes;
	char *findings;
	char *text;
	bool is_complete;

	explorer_arguments(&arguments, "check --max-traces 0 --format json");
	arguments_add_words(&arguments, options);
	arguments_add(&arguments, path);
	explorer_run(&arguments, NULL, &answer);
	cr_assert(ne(ptr, answer.json, NULL), "%s %s", path, options);
	is_complete = json_is_true(json_object_get(answer.json, "complete"));
	cr_assert(is_complete, "%s %s", path, options);
	outcomes = outcome_lines(answer.json, OUTCOME_VALUES_AND_OUTPUT);
	findings = finding_lines(answer.json);
	cr_assert(ge(int, asprintf(&text, "%s%s", outcomes, findings), 0));
	free(outcomes);
	free(findings);
	answer_fini(&answer);
	arguments_fini(&arguments);
	return text;
}

ParameterizedTest(const struct known_steps_parameter *parameter, known_steps,
		  are_what_the_program_does)
{
	char *all = searched(parameter->path, "--strategy dfs");
	char *states = searched(parameter->path, "--strategy states");
	char *compared =
		searched(parameter->path, "--strategy states --paranoid");

	cr_expect(eq(str, states, all), "%s", parameter->path);
	cr_expect(eq(str, compared, all), "%s", parameter->path);
	free(all);
	free(states);
	free(compared);
}
