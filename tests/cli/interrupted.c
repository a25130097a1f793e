/*
 * Ctrl-C: what is known so far is printed, and the exit status is 130.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "support/built.h"
#include "support/explorer.h"

/* Processor time after which a search is known to be under way. */
#define BUSY_TICKS 20

/* Starts a search that would last for years and interrupts it. Built
 * beforehand, so that the busy child is the program. */
static void interrupt(int signal, const char *words, const char *more,
		      struct run *ret_run)
{
	char *folder = scratch_folder("interrupted");
	char *program =
		built_by_explorer("models/counter.c", folder, "counter");
	struct arguments arguments = {0};
	struct started started;

	explorer_arguments(&arguments, words);
	arguments_add(&arguments, program);
	arguments_add_words(&arguments, "--output");
	arguments_add(&arguments, folder);
	arguments_add_words(&arguments, more);
	run_start(&arguments, NULL, &started);
	if (!run_wait_busy_child(started.pid, BUSY_TICKS)) {
		run_finish(&started, ret_run);
		cr_fatal("%s\nended by itself, status %d\n%s%s",
			 ret_run->command, ret_run->status, ret_run->out,
			 ret_run->err);
	}
	kill(started.pid, signal);
	run_finish(&started, ret_run);
	arguments_fini(&arguments);
	free(program);
	scratch_remove(folder);
}

static void check_interrupted(const char *words, const char *more)
{
	struct answer answer;
	const json_t *reasons;
	const json_t *reason;
	bool said = false;
	size_t i;

	interrupt(SIGINT, words, more, &answer.run);
	answer.json = json_loads(answer.run.out, 0, NULL);
	answer_expect(&answer, 130);
	reasons = json_object_get(answer.json, "incomplete_because");
	json_array_foreach(reasons, i, reason) said =
		said || strcmp(json_string_value(reason), "interrupted") == 0;
	if (!said)
		cr_fail("%s\nexpected incomplete_because interrupted\n%s",
			answer.run.command, answer.run.out);
	if (answer_integer(&answer, "executions") == 0 ||
	    json_array_size(json_object_get(answer.json, "outcomes")) == 0)
		cr_fail("%s\nexpected what was found so far\n%s",
			answer.run.command, answer.run.out);
	answer_fini(&answer);
}

Test(interrupted, check_prints_what_is_known)
{
	check_interrupted("check --watch x --format json", "-- 2 30");
}

Test(interrupted, sample_prints_what_is_known)
{
	check_interrupted("sample --watch x --format json --runs 1000000000",
			  "-- 2 30");
}

Test(interrupted, text_is_printed_as_well)
{
	struct run run;

	interrupt(SIGINT, "check --watch x", "-- 2 30", &run);
	if (run.status != 130 || strstr(run.out, "x = ") == NULL)
		cr_fail("%s\nexpected status 130 and final values\nactual %d\n"
			"%s%s",
			run.command, run.status, run.out, run.err);
	run_fini(&run);
}

Test(interrupted, ending_it_politely_loses_nothing_either)
{
	struct run run;

	interrupt(SIGTERM, "check --watch x", "-- 2 30", &run);
	if (run.status != 143 || strstr(run.out, "x = ") == NULL)
		cr_fail("%s\nexpected status 143 and final values\nactual %d\n"
			"%s%s",
			run.command, run.status, run.out, run.err);
	run_fini(&run);
}
