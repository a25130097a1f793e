/*
 * --find and --find-state: what is so is found exactly if there is such an
 * execution or state, and its trace leads there.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"

/* Looks for an end, or a state, of models/counter.c with two threads. */
static void look_for(const char *option, int x, int increments,
		     const char *folder, struct answer *answer)
{
	struct arguments arguments = {0};
	char *wanted;
	char *count;

	cr_assert(ge(int, asprintf(&wanted, "x == %d", x), 0));
	cr_assert(ge(int, asprintf(&count, "%d", increments), 0));
	explorer_arguments(&arguments,
			   "check models/counter.c --format json --output");
	arguments_add(&arguments, folder);
	arguments_add(&arguments, option);
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

		look_for("--find", x, increments, folder, &answer);
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

	look_for("--find", 2, 17, folder, &answer);
	cr_assert(has_found(&answer));
	cr_assert_not_null(trace_of(&answer, 2));
	replay(trace_of(&answer, 2));
	answer_fini(&answer);
	scratch_remove(folder);
}

/* --- States on the way */

Test(find, says_exactly_what_comes_about_on_the_way)
{
	const int increments = 3;
	char *folder = scratch_folder("find-state-each");

	for (int x = 0; x <= 2 * increments + 1; x++) {
		struct answer answer;

		look_for("--find-state", x, increments, folder, &answer);
		cr_assert(eq(int, has_found(&answer), x <= 2 * increments),
			  "x == %d", x);
		if (x <= 2 * increments)
			replay(trace_of(&answer, x));
		answer_fini(&answer);
	}
	scratch_remove(folder);
}

static void look_in(const char *program, const char *folder, const char *what,
		    struct answer *answer)
{
	struct arguments arguments = {0};

	explorer_arguments(&arguments, "check --format json");
	arguments_add(&arguments, program);
	arguments_add(&arguments, "--output");
	arguments_add(&arguments, folder);
	arguments_add(&arguments, "--find-state");
	arguments_add(&arguments, what);
	explorer_run(&arguments, NULL, answer);
	cr_assert_not_null(answer->json, "%s", what);
	arguments_fini(&arguments);
}

struct question {
	const char *what;
	bool found;
};

/* tests/programs/find_state.c says why. */
static const struct question questions[] = {
	{"inside_a && inside_b", false},
	{"inside_a || inside_b", true},
	{"colour == 2", true},
	{"colour == 1", false},
	{"pointer != 0", true},
	{"small == -3", true},
	{"small == 253", false},
	{"large > 0xffffffff", true},
	{"large == -1", false},
	{"shape.sides[2] == -5", true},
	{"shape.is_round", false},
	{"1 / inside_a == 1", true},
	{"alone == 1", true},
	{"alone == 3", false},
};

Test(find, knows_variables_of_all_kinds)
{
	char *folder = scratch_folder("find-state-kinds");

	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++) {
		struct answer answer;

		look_in("tests/programs/find_state.c", folder,
			questions[i].what, &answer);
		cr_assert(eq(int, has_found(&answer), questions[i].found), "%s",
			  questions[i].what);
		cr_assert(
			eq(int, answer.run.status, questions[i].found ? 3 : 0),
			"%s", questions[i].what);
		answer_fini(&answer);
	}
	scratch_remove(folder);
}

/* Names that the program gives count as variables do. */
Test(find, finds_what_the_program_has_named)
{
	for (int count = 2; count <= 3; count++) {
		struct arguments arguments = {0};
		struct answer answer;
		char wanted[16];

		snprintf(wanted, sizeof(wanted), "count==%d", count);
		explorer_arguments(&arguments,
				   "check tests/programs/watch_expected.c "
				   "--format json --find");
		arguments_add(&arguments, wanted);
		arguments_add_words(&arguments, "-- 1");
		explorer_run(&arguments, NULL, &answer);
		cr_expect(eq(int, has_found(&answer), count == 2));
		arguments_fini(&arguments);
		answer_fini(&answer);
	}
}
