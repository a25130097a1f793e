/*
 * Traces of long runs: small, and as exact as those of short ones.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "support/explorer.h"

/* The most that the trace of a run of 2 x 100,000 increments may take. */
#define TRACE_BYTES_MAX (1 << 20)

/* One random run; returns the path of its first trace. */
static char *sampled(const char *folder, const char *words,
		     struct answer *ret_answer)
{
	struct arguments arguments = {0};
	const char *trace;

	explorer_arguments(&arguments,
			   "sample models/counter.c --runs 1 --watch x "
			   "--format json --output");
	arguments_add(&arguments, folder);
	arguments_add_words(&arguments, words);
	explorer_run(&arguments, NULL, ret_answer);
	answer_expect(ret_answer, 1);
	arguments_fini(&arguments);
	trace = json_string_value(json_object_get(
		json_array_get(json_object_get(ret_answer->json, "outcomes"),
			       0),
		"trace"));
	cr_assert_not_null(trace);
	return strdup(trace);
}

static long long size_of(const char *path)
{
	struct stat status;

	cr_assert(zero(int, stat(path, &status)));
	return status.st_size;
}

static void expect_reproduced(const char *trace, const struct answer *found)
{
	struct arguments arguments = {0};
	struct answer again;
	char *expected = outcome_lines(found->json, OUTCOME_VALUES_AND_OUTPUT);
	char *actual;

	explorer_arguments(&arguments, "replay --format json");
	arguments_add(&arguments, trace);
	explorer_run(&arguments, NULL, &again);
	answer_expect(&again, 0);
	actual = outcome_lines(again.json, OUTCOME_VALUES_AND_OUTPUT);
	cr_expect(eq(str, actual, expected));
	free(actual);
	free(expected);
	answer_fini(&again);
	arguments_fini(&arguments);
}

Test(saved_traces, of_400000_steps_take_at_most_a_megabyte)
{
	char *folder = scratch_folder("long");
	struct answer found;
	char *trace = sampled(folder, "-- 2 100000", &found);

	cr_expect(le(llong, size_of(trace), TRACE_BYTES_MAX));
	expect_reproduced(trace, &found);
	free(trace);
	answer_fini(&found);
	scratch_remove(folder);
}

Test(saved_traces, with_a_full_listing_replay_as_well)
{
	char *folder = scratch_folder("full-listing");
	struct answer cut;
	struct answer full;
	char *cut_trace = sampled(folder, "-- 2 2000", &cut);
	char *full_trace = sampled(folder, "--full-listing -- 2 2000", &full);

	cr_expect(gt(llong, size_of(full_trace), size_of(cut_trace)));
	expect_reproduced(cut_trace, &full);
	expect_reproduced(full_trace, &cut);
	free(cut_trace);
	free(full_trace);
	answer_fini(&cut);
	answer_fini(&full);
	scratch_remove(folder);
}

/* Called <program>-<values or kind>-<n>.trace, as scripts expect. */
Test(saved_traces, are_named_after_program_and_values)
{
	char *folder = scratch_folder("names");
	struct arguments arguments = {0};
	struct answer answer;
	char *expected;
	const json_t *outcome;
	size_t i;

	explorer_arguments(&arguments, "check models/two_increments.c --watch "
				       "x --format json --output");
	arguments_add(&arguments, folder);
	explorer_run(&arguments, NULL, &answer);
	answer_expect(&answer, 1);
	json_array_foreach(json_object_get(answer.json, "outcomes"), i, outcome)
	{
		cr_assert(ge(
			int,
			asprintf(&expected, "%s/two_increments-x=%lld-1.trace",
				 folder,
				 (long long)json_integer_value(json_object_get(
					 json_object_get(outcome, "values"),
					 "x"))),
			0));
		cr_expect(eq(str,
			     (char *)json_string_value(
				     json_object_get(outcome, "trace")),
			     expected));
		free(expected);
	}
	answer_fini(&answer);
	arguments_fini(&arguments);
	scratch_remove(folder);
}
