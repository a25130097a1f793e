/*
 * --symmetry: threads that are alike are taken so, which changes no answer and
 * needs fewer states; others are not, and why is said.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/finding_lines.h"
#include "support/explorer.h"

static void check(const char *program, const char *words, const char *more,
		  struct answer *answer)
{
	struct arguments arguments = {0};

	explorer_arguments(&arguments, "check --format json --max-traces 0 "
				       "--watch x --strategy states");
	arguments_add_words(&arguments, more);
	arguments_add(&arguments, program);
	arguments_add(&arguments, "--");
	arguments_add_words(&arguments, words);
	explorer_run(&arguments, NULL, answer);
	cr_assert_not_null(answer->json, "%s %s", program, words);
	arguments_fini(&arguments);
}

static void expect_same(const struct answer *one, const struct answer *other,
			const char *words)
{
	char *expected = outcome_lines(one->json, OUTCOME_VALUES_AND_OUTPUT);
	char *actual = outcome_lines(other->json, OUTCOME_VALUES_AND_OUTPUT);
	char *findings = finding_lines(one->json);
	char *found = finding_lines(other->json);

	cr_expect(eq(str, actual, expected), "%s", words);
	cr_expect(eq(str, found, findings), "%s", words);
	cr_expect(eq(int, other->run.status, one->run.status), "%s", words);
	free(expected);
	free(actual);
	free(findings);
	free(found);
}

static json_int_t states_of(const struct answer *answer)
{
	return json_integer_value(json_object_get(answer->json, "states"));
}

/* The warning that threads were not taken to be alike; "" if they were. */
static const char *warning_of(const struct answer *answer)
{
	const json_t *warnings = json_object_get(answer->json, "warnings");
	const json_t *warning;
	size_t i;

	json_array_foreach(warnings, i, warning)
	{
		if (strstr(json_string_value(warning), "--symmetry"))
			return json_string_value(warning);
	}
	return "";
}

struct known {
	const char *words;
	const char *says; /* a part of the warning; "": they are alike */
};

/* The cases of tests/programs/alike.c. */
static const struct known cases[] = {
	{"counts", ""},
	{"locks", ""},
	{"waits", ""},
	{"publishes", ""},
	{"allocates", ""},
	{"keeps", ""},
	{"asks", "asks which one it is"},
	{"prints", "asks which one it is"},
	{"looks", "where ids"},
	{"looks-at-mains", "where ids"},
	{"returns", "different values"},
	{"reads", ""},
	{"spin-locks", ""},
	{"once", ""},
	{"times", "operations"},
	{"creates", "create threads"},
	{"spins", "for ever"},
	{"many", "too many"},
	{"joins", "joins or detaches"},
	{"detaches", "joins or detaches"},
};

Test(symmetry, changes_no_answer_and_says_what_tells_threads_apart)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *words = cases[i].words;
		struct answer plain;
		struct answer alike;

		check("tests/programs/alike.c", words, "", &plain);
		check("tests/programs/alike.c", words, "--symmetry", &alike);
		expect_same(&plain, &alike, words);
		if (*cases[i].says)
			cr_expect(strstr(warning_of(&alike), cases[i].says) !=
					  NULL,
				  "%s: %s", words, warning_of(&alike));
		else
			cr_expect(eq(str, (char *)warning_of(&alike), ""), "%s",
				  words);
		answer_fini(&plain);
		answer_fini(&alike);
	}
}

struct reduced {
	const char *program;
	const char *words;
	double least; /* times as many states without */
};

static const struct reduced reduced[] = {
	{"models/counter.c", "2 2", 1.3},
	{"models/counter.c", "2 10", 1.9},
	{"models/counter.c", "3 3", 3.9},
	{"models/counter.c", "4 2", 8},
	{"models/counter_lock.c", "2 20", 1.9},
	{"models/counter_lock.c", "5 3", 20},
	{"tests/programs/alike.c", "locks", 3},
	{"tests/programs/alike.c", "waits", 1.5},
	{"tests/programs/alike.c", "keeps", 1.5},
};

Test(symmetry, needs_fewer_states)
{
	for (size_t i = 0; i < sizeof(reduced) / sizeof(*reduced); i++) {
		struct answer plain;
		struct answer alike;
		double factor;

		check(reduced[i].program, reduced[i].words, "", &plain);
		check(reduced[i].program, reduced[i].words, "--symmetry",
		      &alike);
		expect_same(&plain, &alike, reduced[i].program);
		factor = (double)states_of(&plain) / (double)states_of(&alike);
		cr_expect(ge(dbl, factor, reduced[i].least), "%s %s",
			  reduced[i].program, reduced[i].words);
		answer_fini(&plain);
		answer_fini(&alike);
	}
}

/* What a thread may still cost is part of what it is. */
Test(symmetry, holds_within_bounds)
{
	static const char *const bounds[] = {
		"--preemptions 0", "--preemptions 1", "--preemptions 2"};

	for (size_t i = 0; i < sizeof(bounds) / sizeof(*bounds); i++) {
		struct answer plain;
		struct answer alike;
		char more[60];

		snprintf(more, sizeof(more), "%s --symmetry", bounds[i]);
		check("models/counter.c", "3 3", bounds[i], &plain);
		check("models/counter.c", "3 3", more, &alike);
		expect_same(&plain, &alike, bounds[i]);
		cr_expect(lt(dbl, 3.0 * (double)states_of(&alike),
			     (double)states_of(&plain)));
		answer_fini(&plain);
		answer_fini(&alike);
	}
}
