/*
 * Runs on real threads: the same executable, the same outcomes, and an end for
 * those that hang.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/built.h"
#include "support/explorer.h"

static void native(const char *words, int status, struct answer *ret_answer)
{
	struct arguments arguments = {0};

	explorer_arguments(&arguments, "native --format json");
	arguments_add_words(&arguments, words);
	explorer_run(&arguments, NULL, ret_answer);
	answer_expect(ret_answer, status);
	arguments_fini(&arguments);
}

static void expect_outcomes(const struct answer *answer, const char *expected)
{
	char *actual = outcome_lines(answer->json, OUTCOME_VALUES_AND_OUTPUT);

	if (strcmp(actual, expected) != 0)
		cr_fail("%s\nexpected\n%sactual\n%s", answer->run.command,
			expected, actual);
	free(actual);
}

Test(native_runs, show_values_and_output)
{
	struct answer answer;

	native("models/counter_lock.c --watch x --runs 3 -- 2 100", 0, &answer);
	expect_outcomes(&answer, "exit 0 x=200 \"x = 200\\n\"\n");
	answer_fini(&answer);
}

Test(native_runs, plain_builds_have_no_hooks)
{
	struct answer answer;

	native("models/counter_lock.c --plain --runs 3 -- 2 100", 0, &answer);
	expect_outcomes(&answer, "exit 0 \"x = 200\\n\"\n");
	answer_fini(&answer);
}

Test(native_runs, shows_what_the_program_has_named_and_is_still_there)
{
	static const char *const ways[] = {"", " --plain"};

	for (size_t i = 0; i < 2; i++) {
		struct answer answer;
		char words[120];

		snprintf(words, sizeof(words),
			 "tests/programs/watch_gone.c --runs 3%s", ways[i]);
		native(words, 0, &answer);
		expect_outcomes(&answer,
				"exit 0 local=-3 other=2 same=7 \"\"\n");
		answer_fini(&answer);
	}
}

Test(native_runs, expects_what_the_program_has_named)
{
	struct answer answer;

	native("tests/programs/watch_expected.c --runs 3 --expect count==2 "
	       "-- 1",
	       0, &answer);
	expect_outcomes(&answer, "exit 0 count=2 \"\"\n");
	answer_fini(&answer);
	native("tests/programs/watch_expected.c --runs 3 --expect count==3 "
	       "-- 1",
	       1, &answer);
	answer_fini(&answer);
	native("tests/programs/watch_expected.c --runs 3 --expect cuont==2 "
	       "-- 1",
	       1, &answer);
	answer_fini(&answer);
}

Test(native_runs, values_are_checked_against_what_is_expected)
{
	struct answer answer;

	native("models/counter_lock.c --expect x==201 --runs 2 -- 2 100", 1,
	       &answer);
	cr_expect(
		eq(str,
		   (char *)json_string_value(json_object_get(
			   json_array_get(
				   json_object_get(answer.json, "findings"), 0),
			   "kind")),
		   "unexpected-value"));
	answer_fini(&answer);
}

Test(native_runs, a_hang_is_ended_and_counted)
{
	struct answer answer;

	native("tests/programs/self_deadlock.c --runs 2 --run-timeout 300ms", 0,
	       &answer);
	cr_expect(eq(i64, answer_integer(&answer, "executions"), 2));
	cr_expect(eq(int, outcome_lines(answer.json, OUTCOME_VALUES)[0] == 'h',
		     1));
	answer_fini(&answer);
}

Test(native_runs, crashes_are_findings)
{
	static const struct {
		const char *program;
		const char *kind;
	} cases[] = {{"tests/programs/crash_nested.c --runs 2", "crash"},
		     {"tests/programs/abort.c --runs 2", "abort"},
		     {"tests/programs/expect_not_reached.c --runs 2", "abort"}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct answer answer;
		const json_t *findings;

		native(cases[i].program, 1, &answer);
		findings = json_object_get(answer.json, "findings");
		cr_expect(eq(str,
			     (char *)json_string_value(json_object_get(
				     json_array_get(findings, 0), "kind")),
			     (char *)cases[i].kind));
		answer_fini(&answer);
	}
}

/* Started by hand, from another folder, without the library's path. */
Test(native_runs, executables_run_by_hand_from_any_folder)
{
	char *folder = scratch_folder("by-hand");
	char *program =
		built_by_explorer("models/counter_lock.c", folder, "counter");
	const char *const environment[] = {"LD_LIBRARY_PATH", NULL};
	const struct run_options options = {.folder = "/",
					    .environment = environment};
	char *path = realpath(program, NULL);
	struct arguments arguments = {0};
	struct run run;

	arguments_add(&arguments, path);
	arguments_add_words(&arguments, "3 1000");
	run_to_end(&arguments, &options, &run);
	if (run.status != 0 || strcmp(run.out, "x = 3000\n") != 0)
		cr_fail("%s\nstatus %d\n%s%s", run.command, run.status, run.out,
			run.err);
	run_fini(&run);
	arguments_fini(&arguments);
	free(path);
	free(program);
	scratch_remove(folder);
}
