/*
 * Uses after return are found by every strategy, and by none where there are
 * none: the order of a return and an access is explored.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"

struct returned_parameter {
	char search[48];
	char program[48];
	size_t findings;
};

static const char *const searches[] = {
	"check --strategy dfs",
	"check --strategy dpor",
	"check --strategy dpor --dependence plain",
	"check --strategy dpor --preemptions 2",
	"check --strategy states",
	"check --strategy states --paranoid",
	"sample --runs 300",
};

static const struct {
	const char *program;
	size_t findings; /* of their kind, by places */
} programs[] = {
	{"return_used.c", 1},	      {"return_covered.c", 1},
	{"return_signalled.c", 1},    {"return_posted.c", 1},
	{"return_joined.c", 2},	      {"return_main.c", 1},
	{"return_not_waited.c", 0},   {"return_not_joined.c", 0},
	{"return_not_left.c", 0},     {"return_not_switched.c", 0},
	{"return_not_thrown.cpp", 0},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

ParameterizedTestParameters(returned, is_found_by_every_strategy)
{
	static struct returned_parameter
		parameters[COUNT(searches) * COUNT(programs)];
	size_t count = 0;

	for (size_t i = 0; i < COUNT(programs); i++)
		for (size_t j = 0; j < COUNT(searches); j++) {
			struct returned_parameter *parameter =
				&parameters[count++];

			strcpy(parameter->search, searches[j]);
			strcpy(parameter->program, programs[i].program);
			parameter->findings = programs[i].findings;
		}
	return cr_make_param_array(struct returned_parameter, parameters, count,
				   NULL);
}

static size_t count_of_kind(const json_t *findings, const char *kind)
{
	size_t count = 0;
	size_t i;
	json_t *finding;

	json_array_foreach(findings, i, finding) count +=
		strcmp(json_string_value(json_object_get(finding, "kind")),
		       kind) == 0;
	return count;
}

ParameterizedTest(struct returned_parameter *parameter, returned,
		  is_found_by_every_strategy)
{
	struct answer answer;
	const json_t *findings;
	char *words;

	cr_assert(ge(int,
		     asprintf(&words,
			      "%s tests/programs/%s --max-traces 0 --format "
			      "json",
			      parameter->search, parameter->program),
		     0));
	explorer_words(words, &answer);
	cr_assert_not_null(answer.json, "%s", words);
	findings = json_object_get(answer.json, "findings");
	cr_expect(eq(sz, count_of_kind(findings, "use-after-return"),
		     parameter->findings),
		  "%s", words);
	cr_expect(eq(sz, json_array_size(findings), parameter->findings), "%s",
		  words);
	answer_fini(&answer);
	free(words);
}

/* The one finding of return_used.c; NULL if there is none. */
static const json_t *finding_of(const struct answer *answer)
{
	return json_array_get(json_object_get(answer->json, "findings"), 0);
}

static void expect_deed(const json_t *frame, const char *deed,
			const char *function)
{
	const json_t *object = json_object_get(frame, deed);

	cr_expect(
		eq(str,
		   (char *)json_string_value(json_object_get(object, "thread")),
		   "main"));
	cr_expect(eq(
		str,
		(char *)json_string_value(json_object_get(object, "function")),
		(char *)function));
}

Test(returned, says_who_returned_and_where_it_is_now)
{
	char *folder = scratch_folder("returned");
	struct answer answer;
	struct answer replayed;
	const json_t *frame;
	char *words;

	cr_assert(ge(int,
		     asprintf(&words,
			      "check tests/programs/return_used.c --strategy "
			      "dpor --output %s --format json",
			      folder),
		     0));
	explorer_words(words, &answer);
	free(words);
	frame = json_object_get(finding_of(&answer), "frame");
	expect_deed(frame, "returned", "start");
	expect_deed(frame, "now", "main");
	cr_assert(ge(int,
		     asprintf(&words, "replay %s --format json",
			      json_string_value(json_object_get(
				      finding_of(&answer), "trace"))),
		     0));
	explorer_words(words, &replayed);
	free(words);
	cr_expect(eq(str, (char *)answer_string(&replayed, "result"),
		     "reproduced"));
	cr_expect(eq(sz,
		     count_of_kind(json_object_get(replayed.json, "findings"),
				   "use-after-return"),
		     1));
	answer_fini(&replayed);
	answer_fini(&answer);
	scratch_remove(folder);
}

Test(returned, is_left_out_by_its_name)
{
	struct answer answer;

	explorer_words("check tests/programs/return_used.c --max-traces 0 "
		       "--format json --no use-after-return",
		       &answer);
	answer_expect(&answer, 0);
	cr_expect_null(finding_of(&answer));
	answer_fini(&answer);
}

Test(returned, is_suppressed_by_the_function_that_returned)
{
	char *folder = scratch_folder("returned");
	struct answer answer;
	char *words;
	char *path = scratch_write(folder, "leave-out",
				   "use-after-return:^start$\n");

	cr_assert(ge(int,
		     asprintf(&words,
			      "check tests/programs/return_used.c --output %s "
			      "--format json --suppressions %s",
			      folder, path),
		     0));
	explorer_words(words, &answer);
	cr_expect_null(finding_of(&answer));
	answer_fini(&answer);
	free(words);
	free(path);
	scratch_remove(folder);
}
