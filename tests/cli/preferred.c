/*
 * How many executions reduction makes of a model or a test program, and how
 * they end, does not depend on whom it prefers where any thread may move.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"

/* Of each model, and of each test program. */
#define OF_MODELS      3U
#define OF_PROGRAMS    1U
#define EXECUTIONS_MAX 3000

struct preferred_parameter {
	char path[120];
};

static void add_paths(const char *pattern, glob_t *found)
{
	const int flags = found->gl_pathc > 0 ? GLOB_APPEND : 0;

	cr_assert(zero(int, glob(pattern, flags, NULL, found)), "%s", pattern);
}

ParameterizedTestParameters(preferred, changes_no_count)
{
	struct preferred_parameter *parameters;
	glob_t found = {0};
	size_t count;

	add_paths("models/*.c", &found);
	add_paths("tests/programs/*.c", &found);
	count = found.gl_pathc;
	parameters = cr_malloc(count * sizeof(*parameters));
	for (size_t i = 0; i < count; i++)
		snprintf(parameters[i].path, sizeof(parameters->path), "%s",
			 found.gl_pathv[i]);
	globfree(&found);
	return cr_make_param_array(struct preferred_parameter, parameters,
				   count, NULL);
}

/* Executions, none of them begun in vain, and outcomes; NULL if the search was
 * not complete. */
static char *searched(const char *path, unsigned preference)
{
	struct arguments arguments = {0};
	struct answer answer;
	char *text = NULL;
	char *lines;
	char number[16];
	char limit[16];

	snprintf(number, sizeof(number), "%u", preference);
	snprintf(limit, sizeof(limit), "%d", EXECUTIONS_MAX);
	explorer_arguments(&arguments,
			   "check --strategy dpor --max-traces 0 --max-steps "
			   "2000 --format json --prefer");
	arguments_add(&arguments, number);
	arguments_add(&arguments, "--max-executions");
	arguments_add(&arguments, limit);
	arguments_add(&arguments, path);
	explorer_run(&arguments, NULL, &answer);
	if (answer.json != NULL &&
	    json_is_true(json_object_get(answer.json, "complete"))) {
		lines = outcome_lines(answer.json, OUTCOME_VALUES_AND_OUTPUT);
		cr_assert(ge(int,
			     asprintf(&text, "%lld executions\n%s",
				      (long long)answer_integer(&answer,
								"executions"),
				      lines),
			     0));
		cr_expect(zero(i64, answer_integer(&answer, "blocked")), "%s",
			  path);
		free(lines);
	}
	answer_fini(&answer);
	arguments_fini(&arguments);
	return text;
}

ParameterizedTest(const struct preferred_parameter *parameter, preferred,
		  changes_no_count)
{
	const unsigned most = strncmp(parameter->path, "models/", 7) == 0
				      ? OF_MODELS
				      : OF_PROGRAMS;
	char *first = searched(parameter->path, 0);

	for (unsigned i = 1; first != NULL && i <= most; i++) {
		char *other = searched(parameter->path, i);

		cr_assert(ne(ptr, other, NULL), "%s, preference %u",
			  parameter->path, i);
		cr_expect(eq(str, other, first), "%s, preference %u",
			  parameter->path, i);
		free(other);
	}
	free(first);
}
