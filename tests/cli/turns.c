/*
 * check without --strategy: which search answers, and what it counts.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "support/explorer.h"

static void check(const char *words, struct answer *ret_answer)
{
	struct arguments arguments = {0};

	explorer_arguments(&arguments, "check --format json --max-traces 0");
	arguments_add_words(&arguments, words);
	explorer_run(&arguments, NULL, ret_answer);
	arguments_fini(&arguments);
	cr_assert(ret_answer->json != NULL, "%s", ret_answer->run.err);
}

static void expect_chosen(const struct answer *answer, const char *strategy,
			  const char *rival)
{
	const json_t *actual = json_object_get(answer->json, "rival");

	cr_expect(eq(str, (char *)answer_string(answer, "strategy"),
		     (char *)strategy));
	if (rival == NULL)
		cr_expect(eq(int, json_is_null(actual), 1));
	else
		cr_expect(eq(str, (char *)json_string_value(actual),
			     (char *)rival));
}

Test(default_search, small_programs_need_only_the_first)
{
	struct answer answer;

	check("models/counter.c --watch x", &answer);
	expect_chosen(&answer, "dpor", NULL);
	cr_expect(eq(i64, answer_integer(&answer, "executions"), 34));
	answer_fini(&answer);
}

Test(default_search, states_answers_where_schedules_meet_in_few)
{
	struct answer once;
	struct answer again;

	check("models/counter.c --watch x -- 2 9", &once);
	check("models/counter.c --watch x -- 2 9", &again);
	expect_chosen(&once, "states", "dpor");
	cr_expect(eq(sz,
		     json_array_size(json_object_get(once.json, "outcomes")),
		     17));
	cr_expect(eq(i64, answer_integer(&once, "steps"),
		     answer_integer(&again, "steps")));
	cr_expect(eq(i64, answer_integer(&once, "states"),
		     answer_integer(&again, "states")));
	answer_fini(&once);
	answer_fini(&again);
}

Test(default_search, options_rule_one_out)
{
	struct answer answer;

	check("models/counter.c --watch x --max-executions 20 -- 2 9", &answer);
	expect_chosen(&answer, "dpor", NULL);
	cr_expect(eq(i64, answer_integer(&answer, "executions"), 20));
	answer_fini(&answer);

	check("models/counter.c --watch x --shortest", &answer);
	expect_chosen(&answer, "states", NULL);
	answer_fini(&answer);
}

Test(default_search, a_bound_works_with_both)
{
	struct answer answer;

	check("models/counter.c --watch x --preemptions 2 -- 2 9", &answer);
	cr_expect(eq(i64, answer_integer(&answer, "preemptions"), 2));
	cr_expect(eq(sz,
		     json_array_size(json_object_get(answer.json, "outcomes")),
		     10));
	answer_fini(&answer);
}

/* What reduction's executions stand for is what dfs runs. */
static void expect_as_many_as_dfs(const char *program)
{
	char options[200];
	struct answer chosen;
	struct answer dfs;

	check(program, &chosen);
	snprintf(options, sizeof(options), "--strategy dfs %s", program);
	check(options, &dfs);
	cr_expect(eq(i64,
		     strtoll(answer_string(&chosen, "interleavings"), NULL, 10),
		     answer_integer(&dfs, "executions")),
		  "%s", program);
	for (size_t i = 0;
	     i < json_array_size(json_object_get(dfs.json, "outcomes")); i++) {
		const json_t *one = json_array_get(
			json_object_get(chosen.json, "outcomes"), i);
		const json_t *other = json_array_get(
			json_object_get(dfs.json, "outcomes"), i);

		cr_expect(
			eq(i64,
			   strtoll(json_string_value(json_object_get(
					   one, "interleavings")),
				   NULL, 10),
			   json_integer_value(json_object_get(other, "count"))),
			"%s: outcome %zu", program, i);
	}
	answer_fini(&chosen);
	answer_fini(&dfs);
}

Test(default_search, interleavings_are_counted_where_there_are_few_states)
{
	expect_as_many_as_dfs("models/counter.c --watch x");
	expect_as_many_as_dfs("models/counter.c --watch x -- 2 5");
	expect_as_many_as_dfs("models/two_increments.c --watch x");
	expect_as_many_as_dfs("models/deadlock.c");
	expect_as_many_as_dfs("models/counter_semaphore.c --watch x");
	expect_as_many_as_dfs("models/lost_wakeup.c");
	expect_as_many_as_dfs("tests/programs/choose.c");
}
