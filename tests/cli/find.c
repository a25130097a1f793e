/*
 * --find: an execution that ends so is found exactly if there is one, and its
 * trace leads there.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"

/* Looks for an end of models/counter.c with two threads. */
static void look_for(int x, int increments, const char *folder,
		     struct answer *answer)
{
	struct arguments arguments = {0};
	char *wanted;
	char *count;

	cr_assert(ge(int, asprintf(&wanted, "x == %d", x), 0));
	cr_assert(ge(int, asprintf(&count, "%d", increments), 0));
	explorer_arguments(&arguments,
			   "check models/counter.c --format json --output");
	arguments_add(&arguments, folder);
	arguments_add(&arguments, "--find");
	arguments_add(&arguments, wanted);
	arguments_add(&arguments, "--");
	arguments_add(&arguments, "2");
	arguments_add(&arguments, count);
	explorer_run(&arguments, NULL, answer);
	arguments_fini(&arguments);
	free(wanted);
	free(count);
}

static bool has_found(const struct answer *answer)
{
	return json_is_true(json_object_get(answer->json, "found"));
}

/* Of the outcome with this value, NULL if there is none. */
static const char *trace_of(const struct answer *answer, int x)
{
	const json_t *outcomes = json_object_get(answer->json, "outcomes");
	const json_t *outcome;
	size_t i;

	json_array_foreach(outcomes, i, outcome)
	{
		const json_t *values = json_object_get(outcome, "values");

		if (json_integer_value(json_object_get(values, "x")) == x)
			return json_string_value(
				json_object_get(outcome, "trace"));
	}
	return NULL;
}

static void replay(const char *trace)
{
	struct arguments arguments = {0};
	struct answer answer;

	explorer_arguments(&arguments, "replay --format json");
	arguments_add(&arguments, trace);
	explorer_run(&arguments, NULL, &answer);
	cr_assert_not_null(answer.json);
	cr_assert(eq(str, (char *)answer_string(&answer, "result"),
		     "reproduced"));
	arguments_fini(&arguments);
	answer_fini(&answer);
}

Test(find, says_exactly_what_a_program_may_end_with)
{
	const int increments = 3;
	char *folder = scratch_folder("find-each");

	for (int x = 0; x <= 2 * increments + 1; x++) {
		struct answer answer;

		look_for(x, increments, folder, &answer);
		cr_assert(eq(int, has_found(&answer),
			     x >= 2 && x <= 2 * increments),
			  "x == %d", x);
		answer_fini(&answer);
	}
	scratch_remove(folder);
}

/* It takes four preemptions. */
Test(find, leaves_a_trace_that_leads_there)
{
	char *folder = scratch_folder("find-rare");
	struct answer answer;

	look_for(2, 17, folder, &answer);
	cr_assert(has_found(&answer));
	cr_assert_not_null(trace_of(&answer, 2));
	replay(trace_of(&answer, 2));
	answer_fini(&answer);
	scratch_remove(folder);
}
