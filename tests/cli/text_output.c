/*
 * What a person sees: help, version, final values, and colour only where it is
 * wanted.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"

static void expect_words(const char *words, int status, const char *const *says)
{
	struct answer answer;

	explorer_words(words, &answer);
	if (answer.run.status != status)
		cr_fail("explorer %s\nexpected status %d, actual %d\n%s%s",
			words, status, answer.run.status, answer.run.out,
			answer.run.err);
	for (; *says != NULL; says++)
		if (strstr(answer.run.out, *says) == NULL)
			cr_fail("explorer %s\nexpected on standard output: "
				"%s\nactual:\n%s",
				words, *says, answer.run.out);
	answer_fini(&answer);
}

Test(text_output, help_names_every_sub_command)
{
	const char *const says[] = {"check",  "sample", "native", "compare",
				    "replay", "show",	"cc",	  NULL};

	expect_words("--help", 0, says);
}

Test(text_output, help_does_not_name_what_is_not_there)
{
	struct answer answer;

	explorer_words("--help", &answer);
	cr_expect(eq(ptr, strstr(answer.run.out, "minimise"), NULL));
	answer_fini(&answer);
}

Test(text_output, every_sub_command_has_help)
{
	expect_words("check --help", 0,
		     (const char *const[]){"--watch", "--preemptions", NULL});
	expect_words("sample --help", 0,
		     (const char *const[]){"--runs", "--seed", NULL});
	expect_words("native --help", 0,
		     (const char *const[]){"--run-timeout", NULL});
	expect_words("compare --help", 0,
		     (const char *const[]){"--runs", NULL});
	expect_words("replay --help", 0, (const char *const[]){"TRACE", NULL});
	expect_words("show --help", 0, (const char *const[]){"TRACE", NULL});
}

Test(text_output, version_is_the_one_of_the_json)
{
	struct answer version;
	struct answer answer;
	char *folder = scratch_folder("version");
	struct arguments arguments = {0};

	explorer_words("--version", &version);
	explorer_arguments(&arguments, "check tests/programs/quiet_lock.c "
				       "--format json --output");
	arguments_add(&arguments, folder);
	explorer_run(&arguments, NULL, &answer);
	answer_expect(&answer, 0);
	cr_expect(eq(int, version.run.status, 0));
	cr_expect(
		ne(ptr,
		   strstr(version.run.out, answer_string(&answer, "explorer")),
		   NULL));
	answer_fini(&version);
	answer_fini(&answer);
	arguments_fini(&arguments);
	scratch_remove(folder);
}

/* A search with these words and environment; what it printed. */
static char *searched(const char *words, const char *const *environment,
		      int status)
{
	char *folder = scratch_folder("text");
	const struct run_options options = {.environment = environment};
	struct arguments arguments = {0};
	struct run run;
	char *text;

	explorer_arguments(&arguments, words);
	arguments_add_words(&arguments, "--output");
	arguments_add(&arguments, folder);
	run_to_end(&arguments, &options, &run);
	if (run.status != status)
		cr_fatal("%s\nexpected status %d, actual %d\n%s%s", run.command,
			 status, run.status, run.out, run.err);
	if (run.err_length != 0)
		cr_fail("%s\nexpected nothing on standard error, no terminal "
			"being there\n%s",
			run.command, run.err);
	text = strdup(run.out);
	run_fini(&run);
	arguments_fini(&arguments);
	scratch_remove(folder);
	return text;
}

static void expect_says(const char *text, const char *what)
{
	if (strcasestr(text, what) == NULL)
		cr_fail("expected: %s\nactual:\n%s", what, text);
}

Test(text_output, the_counter_shows_final_values_and_the_race)
{
	char *text = searched("check models/counter.c --watch x", NULL, 1);

	expect_says(text, "x = 2");
	expect_says(text, "x = 3");
	expect_says(text, "x = 4");
	expect_says(text, "data race");
	expect_says(text, "increment");
	expect_says(text, "counter.c:");
	expect_says(text, "replay");
	free(text);
}

Test(text_output, the_lock_is_verified)
{
	char *text = searched("check models/counter_lock.c --watch x", NULL, 0);

	expect_says(text, "x = 4");
	expect_says(text, "verified");
	free(text);
}

Test(text_output, the_deadlock_says_who_waits_for_what)
{
	char *text = searched("check models/deadlock.c", NULL, 1);

	expect_says(text, "deadlock");
	expect_says(text, "T1");
	expect_says(text, "T2");
	expect_says(text, "deadlock.c:");
	free(text);
}

Test(text_output, colour_is_for_terminals_unless_asked_for)
{
	const char *const no_colour[] = {"NO_COLOR=1", NULL};
	const char *check = "check models/two_increments.c --watch x";
	char *text = searched(check, NULL, 1);

	cr_expect(eq(ptr, strchr(text, '\033'), NULL));
	free(text);
	text = searched("check models/two_increments.c --watch x --color "
			"always",
			NULL, 1);
	cr_expect(ne(ptr, strchr(text, '\033'), NULL));
	free(text);
	text = searched("check models/two_increments.c --watch x --color auto",
			no_colour, 1);
	cr_expect(eq(ptr, strchr(text, '\033'), NULL));
	free(text);
}

Test(text_output, a_race_is_told_with_calls_locks_and_creation)
{
	expect_words("check tests/programs/race_details.c --output "
		     "build/scratch-race-details --color never",
		     1,
		     (const char *const[]){
			     "data race on local \"count.of[2]\" of main()",
			     "called by        one() race_details.c:",
			     "called by        two() race_details.c:",
			     "holding          first_lock",
			     "holding          second_lock",
			     "created by main  start() race_details.c:", NULL});
}

Test(text_output, a_race_is_told_with_locks_of_every_kind)
{
	expect_words("check tests/programs/race_held.c --output "
		     "build/scratch-race-held --color never",
		     1,
		     (const char *const[]){
			     "holding          readers (reading), spin\n",
			     "holding          readers (reading), lock in heap "
			     "block of 48 bytes from main() race_held.c:45, "
			     "offset 8\n",
			     NULL});
}
