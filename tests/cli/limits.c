/*
 * The options that end a search early or keep less of it, and the exit status
 * that follows.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"

static char *check(const char *words, int status, struct answer *ret_answer)
{
	char *folder = scratch_folder("limits");
	struct arguments arguments = {0};

	explorer_arguments(&arguments, "check --format json --output");
	arguments_add(&arguments, folder);
	arguments_add_words(&arguments, words);
	explorer_run(&arguments, NULL, ret_answer);
	answer_expect(ret_answer, status);
	arguments_fini(&arguments);
	return folder;
}

static bool is_because(const struct answer *answer, const char *name)
{
	const json_t *reason;
	size_t i;

	json_array_foreach(json_object_get(answer->json, "incomplete_because"),
			   i, reason) if (strcmp(json_string_value(reason),
						 name) == 0) return true;
	return false;
}

Test(limits, max_executions_is_exact)
{
	struct answer answer;
	char *folder =
		check("models/counter_atomic.c --max-executions 3 -- 2 5", 3,
		      &answer);

	cr_expect(eq(i64, answer_integer(&answer, "executions"), 3));
	cr_expect(is_because(&answer, "limit"));
	cr_expect(eq(str, (char *)answer_string(&answer, "verdict"),
		     "incomplete"));
	answer_fini(&answer);
	scratch_remove(folder);
}

Test(limits, an_accepted_limit_is_no_failure)
{
	struct answer answer;
	char *folder = check("models/counter_atomic.c --max-executions 3 "
			     "--accept limit -- 2 5",
			     0, &answer);

	cr_expect(eq(str, (char *)answer_string(&answer, "verdict"),
		     "incomplete"));
	answer_fini(&answer);
	scratch_remove(folder);
}

Test(limits, the_time_limit_ends_an_endless_search)
{
	struct answer answer;
	char *folder = check("models/counter_atomic.c --strategy dpor "
			     "--time-limit 500ms -- 2 30",
			     3, &answer);

	cr_expect(is_because(&answer, "limit"));
	answer_fini(&answer);
	scratch_remove(folder);
}

Test(limits, stop_at_first_stops)
{
	struct answer answer;
	char *folder = check("models/counter.c --stop-at-first --watch x "
			     "--expect x==60 -- 2 30",
			     1, &answer);

	cr_expect(eq(sz,
		     json_array_size(json_object_get(answer.json, "findings")),
		     1));
	answer_fini(&answer);
	scratch_remove(folder);
}

/* As many as it takes are no limit: 34 traces, and what a bound of nothing
 * leaves of dfs. */
Test(limits, just_met_is_complete)
{
	struct answer answer;
	char *folder = check("models/counter.c --strategy dpor --watch x "
			     "--max-executions 34 -- 2 2",
			     1, &answer);

	cr_expect(not(is_because(&answer, "limit")));
	cr_expect(eq(int,
		     json_is_true(json_object_get(answer.json, "complete")),
		     1));
	answer_fini(&answer);
	scratch_remove(folder);
	folder = check("models/counter_atomic.c --strategy dfs --preemptions 0 "
		       "--accept bound --max-executions 2 -- 2 2",
		       0, &answer);
	cr_expect(eq(i64, answer_integer(&answer, "executions"), 2));
	cr_expect(not(is_because(&answer, "limit")));
	cr_expect(is_because(&answer, "bound"));
	answer_fini(&answer);
	scratch_remove(folder);
}

Test(limits, of_reduction_are_exact)
{
	struct answer answer;
	char *folder = check("models/counter.c --strategy dpor --watch x "
			     "--max-executions 33 -- 2 2",
			     1, &answer);

	cr_expect(eq(i64, answer_integer(&answer, "executions"), 33));
	cr_expect(zero(i64, answer_integer(&answer, "blocked")));
	cr_expect(is_because(&answer, "limit"));
	answer_fini(&answer);
	scratch_remove(folder);
}

Test(limits, reduction_ends_in_time)
{
	struct answer answer;
	char *folder = check("models/counter_lock.c --strategy dpor "
			     "--time-limit 500ms -- 2 30",
			     3, &answer);

	cr_expect(is_because(&answer, "limit"));
	cr_expect(gt(i64, answer_integer(&answer, "executions"), 0));
	answer_fini(&answer);
	scratch_remove(folder);
}

/* The first execution has no preemption, so that it ends as expected. */
Test(limits, reduction_stops_at_the_first_finding)
{
	struct answer answer;
	char *folder = check("models/counter.c --strategy dpor --no data-race "
			     "--stop-at-first --watch x --expect x==60 -- 2 30",
			     1, &answer);

	cr_expect(gt(i64, answer_integer(&answer, "executions"), 1));
	cr_expect(lt(i64, answer_integer(&answer, "executions"), 100));
	cr_expect(is_because(&answer, "limit"));
	cr_expect(eq(sz,
		     json_array_size(json_object_get(answer.json, "findings")),
		     1));
	answer_fini(&answer);
	scratch_remove(folder);
}

/* Not even the memory that it shares with the program can be had: the command
 * says so, and is not killed. */
Test(limits, of_the_size_of_files_do_not_kill)
{
	struct arguments arguments = {0};
	struct arguments compile = {0};
	char *folder = scratch_folder("limits");
	char *words;
	struct run run;

	explorer_arguments(&compile,
			   "cc -g -pthread models/two_increments.c -o");
	cr_assert(ge(int, asprintf(&words, "%s/program", folder), 0));
	arguments_add(&compile, words);
	run_to_end(&compile, NULL, &run);
	cr_assert(eq(int, run.status, 0));
	run_fini(&run);
	free(words);
	cr_assert(ge(int,
		     asprintf(&words,
			      "ulimit -f 0; exec %s check "
			      "%s/program --strategy dpor --watch x "
			      "--output %s",
			      explorer_path(), folder, folder),
		     0));
	arguments_add(&arguments, "sh");
	arguments_add(&arguments, "-c");
	arguments_add(&arguments, words);
	run_to_end(&arguments, NULL, &run);
	cr_expect(eq(int, run.status, 2), "%s", run.out);
	cr_expect(ne(ptr, (void *)strstr(run.err, "File too large"), NULL));
	run_fini(&run);
	free(words);
	arguments_fini(&arguments);
	arguments_fini(&compile);
	scratch_remove(folder);
}

static size_t traces_of(const struct answer *answer, const char *list)
{
	const json_t *shown;
	size_t count = 0;
	size_t i;

	json_array_foreach(json_object_get(answer->json, list), i, shown)
		count += json_is_string(json_object_get(shown, "trace"));
	return count;
}

/* The rarest outcome keeps its trace. */
Test(limits, max_traces_keeps_the_rarest)
{
	struct answer answer;
	const json_t *rarest = NULL;
	const json_t *outcome;
	size_t i;
	char *folder = check("models/counter.c --watch x --max-traces 1 -- 2 4",
			     1, &answer);

	cr_expect(eq(sz, traces_of(&answer, "outcomes"), 1));
	json_array_foreach(
		json_object_get(answer.json, "outcomes"), i,
		outcome) if (rarest == NULL ||
			     json_integer_value(
				     json_object_get(outcome, "count")) <
				     json_integer_value(
					     json_object_get(rarest, "count")))
		rarest = outcome;
	cr_expect(eq(int, json_is_string(json_object_get(rarest, "trace")), 1));
	answer_fini(&answer);
	scratch_remove(folder);
}

Test(limits, traces_are_never_overwritten)
{
	struct answer first;
	struct answer second;
	struct arguments arguments = {0};
	char *folder = check("models/two_increments.c --watch x", 1, &first);
	const char *trace = json_string_value(json_object_get(
		json_array_get(json_object_get(first.json, "outcomes"), 0),
		"trace"));
	char *before = scratch_read(trace);
	char *after;

	explorer_arguments(&arguments, "check --format json --watch x "
				       "models/two_increments.c --output");
	arguments_add(&arguments, folder);
	explorer_run(&arguments, NULL, &second);
	answer_expect(&second, 1);
	cr_expect(
		ne(str, (char *)trace,
		   (char *)json_string_value(json_object_get(
			   json_array_get(
				   json_object_get(second.json, "outcomes"), 0),
			   "trace"))));
	after = scratch_read(trace);
	cr_expect(eq(str, before, after));
	free(before);
	free(after);
	answer_fini(&first);
	answer_fini(&second);
	arguments_fini(&arguments);
	scratch_remove(folder);
}

/* The sum over outcomes of what ended so is what was run. */
Test(limits, counts_add_up_to_the_executions)
{
	struct answer answer;
	const json_t *outcome;
	json_int_t sum = 0;
	size_t i;
	char *folder = check("models/counter.c --watch x -- 2 3", 1, &answer);

	json_array_foreach(json_object_get(answer.json, "outcomes"), i, outcome)
		sum += json_integer_value(json_object_get(outcome, "count"));
	cr_expect(eq(i64, sum, answer_integer(&answer, "executions")));
	answer_fini(&answer);
	scratch_remove(folder);
}
