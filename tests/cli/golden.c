/*
 * traces/golden/: traces made long ago, which every later version reads and
 * reproduces, step by step.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
#include <glob.h>

#include "support/explorer.h"

struct golden_parameter {
	char path[120];
};

ParameterizedTestParameters(golden, is_reproduced)
{
	struct golden_parameter *parameters;
	size_t count;
	glob_t found;

	glob("traces/golden/*.trace", 0, NULL, &found);
	count = found.gl_pathc;
	/* One that does not exist fails, where there are none. */
	parameters = cr_malloc((count + 1) * sizeof(*parameters));
	snprintf(parameters[0].path, sizeof(parameters->path),
		 "traces/golden/*.trace");
	for (size_t i = 0; i < count; i++)
		snprintf(parameters[i].path, sizeof(parameters->path), "%s",
			 found.gl_pathv[i]);
	globfree(&found);
	return cr_make_param_array(struct golden_parameter, parameters,
				   count > 0 ? count : 1, NULL);
}

ParameterizedTest(const struct golden_parameter *parameter, golden,
		  is_reproduced)
{
	struct arguments arguments = {0};
	struct answer answer;

	explorer_arguments(&arguments, "replay --format json");
	arguments_add(&arguments, parameter->path);
	explorer_run(&arguments, NULL, &answer);
	answer_expect(&answer, 0);
	cr_assert(eq(str, (char *)answer_string(&answer, "result"),
		     "reproduced"));
	answer_fini(&answer);
	arguments_fini(&arguments);
}
