/*
 * Searches by a fake child: what is merged, what survives a death, when a
 * search ends.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <string.h>

#include "pool/hunt.h"
#include "run.h"

static bool has_reason(const struct result *result, unsigned reason)
{
	return result->incomplete_because & reason;
}

Test(search, lists_every_outcome_with_its_count)
{
	struct search search = fake_search();
	struct result result = search_scenario("plain", &search);

	cr_assert(eq(sz, result.outcome_count, 3));
	cr_assert(eq(u64, outcome_with(&result, "2")->count, 1));
	cr_assert(eq(u64, outcome_with(&result, "3")->count, 3));
	cr_assert(eq(u64, outcome_with(&result, "4")->count, 30));
	cr_assert(eq(u64, result.executions, 34));
	cr_assert(eq(u32, result.incomplete_because, 0));
	result_fini(&result);
}

Test(search, merges_races_between_the_same_places)
{
	struct search search = fake_search();
	struct result result = search_scenario("plain", &search);
	const struct finding *race = finding_of(&result, FINDING_DATA_RACE);

	cr_assert(eq(sz, finding_count(&result, FINDING_DATA_RACE), 1));
	/* An execution may show several: the greatest count is kept. */
	cr_assert(eq(u64, race->count, 7));
	cr_assert(eq(str, race->accesses[0].variable, "fake_x"));
	cr_assert(eq(str, race->accesses[0].place.function, "fake_code"));
	result_fini(&result);
}

Test(search, shows_the_race_of_a_read_where_one_is_known)
{
	struct search search = fake_search();
	struct result result = search_scenario("races", &search);
	const struct finding *race = finding_of(&result, FINDING_DATA_RACE);

	cr_assert(eq(sz, finding_count(&result, FINDING_DATA_RACE), 1));
	cr_assert(strstr(race->message, "T1 reads fake_x") != NULL, "%s",
		  race->message);
	cr_assert(eq(u64, race->count, 8));
	result_fini(&result);
}

Test(search, calls_an_outcome_against_expect_a_finding)
{
	struct search search = fake_search();
	struct result result;

	search.expect = "fake_x == 4";
	result = search_scenario("plain", &search);
	cr_assert(eq(sz, finding_count(&result, FINDING_UNEXPECTED_VALUE), 2));
	cr_assert(outcome_with(&result, "2")->unexpected);
	cr_assert(not(outcome_with(&result, "4")->unexpected));
	result_fini(&result);
}

Test(search, refuses_to_expect_what_is_no_integer)
{
	static const char *const bad[] = {"fake_real > 0", "fake_pointer == 0",
					  "fake_x ==", "no_such_name == 1"};
	struct search search = fake_search();
	struct program program = fake_program("plain");
	struct result result;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		search.expect = bad[i];
		cr_assert(eq(int, pool_search(&program, &search, &result), -1),
			  "%s", bad[i]);
	}
	fake_program_fini(&program);
}

Test(search, watches_the_names_in_expect)
{
	struct search search = fake_search();
	struct result result;

	search.watch_count = 0;
	search.expect = "fake_x < 9";
	result = search_scenario("plain", &search);
	cr_assert(outcome_with(&result, "2") != NULL);
	result_fini(&result);
}

Test(search, goes_on_after_a_death_from_the_last_checkpoint)
{
	struct search search = fake_search();
	struct result result = search_scenario("dies", &search);
	const struct outcome *crash = outcome_ending(&result, END_CRASH);

	cr_assert(eq(sz, result.outcome_count, 3));
	cr_assert(eq(u64, outcome_with(&result, "1")->count, 5));
	cr_assert(eq(u64, outcome_with(&result, "2")->count, 6));
	cr_assert(crash != NULL);
	cr_assert(eq(int, crash->status, SIGKILL));
	cr_assert(eq(u32, result.incomplete_because, 0));
	cr_assert(eq(sz, finding_count(&result, FINDING_CRASH), 1));
	result_fini(&result);
}

Test(search, keeps_a_finding_that_was_made_after_the_checkpoint)
{
	struct search search = fake_search();
	struct result result = search_scenario("dies", &search);

	cr_assert(eq(sz, finding_count(&result, FINDING_DATA_RACE), 1));
	result_fini(&result);
}

/* What the fake program is made of, these tests, takes structs by value. */
static size_t warnings_of_search(const struct result *result)
{
	size_t count = 0;

	for (size_t i = 0; i < result->warning_count; i++)
		count += !strstr(result->warnings[i], "by value");
	return count;
}

Test(search, gives_up_on_a_program_that_dies_again_and_again)
{
	struct search search = fake_search();
	struct result result = search_scenario("dies-always", &search);
	const struct finding *crash = finding_of(&result, FINDING_CRASH);

	cr_assert(has_reason(&result, REASON_LIMIT));
	cr_assert(eq(sz, warnings_of_search(&result), 1));
	cr_assert(crash != NULL);
	cr_assert(eq(u64, crash->count, DEATHS_MAX));
	result_fini(&result);
}

Test(search, gives_up_on_a_schedule_that_kills_twice)
{
	struct search search = fake_search();
	struct result result = search_scenario("dies-again", &search);

	cr_assert(has_reason(&result, REASON_LIMIT));
	cr_assert(eq(sz, warnings_of_search(&result), 1));
	cr_assert(outcome_ending(&result, END_CRASH) != NULL);
	result_fini(&result);
}

Test(search, skips_the_learning_run_that_killed_it)
{
	struct search search = fake_search();
	struct result result = search_scenario("dies-learning", &search);

	cr_assert(eq(u32, result.incomplete_because, 0));
	cr_assert(eq(sz, result.outcome_count, 1));
	/* The process left by a raw system call: a finding all the same. */
	cr_assert(eq(sz, finding_count(&result, FINDING_CRASH), 1));
	result_fini(&result);
}

Test(search, keeps_what_was_learned_by_the_execution_that_killed_it)
{
	struct search search = fake_search();
	struct result result = search_scenario("dies-learned", &search);

	cr_assert(eq(u32, result.incomplete_because, 0));
	cr_assert(eq(sz, result.outcome_count, 1));
	cr_assert(eq(u64, outcome_with(&result, "1")->count, 2));
	cr_assert(eq(sz, finding_count(&result, FINDING_CRASH), 1));
	result_fini(&result);
}

Test(search, wakes_a_child_that_hangs)
{
	struct search search = fake_search();
	struct result result = search_scenario("hangs", &search);

	cr_assert(outcome_ending(&result, END_HANG) != NULL);
	cr_assert(outcome_with(&result, "1") != NULL);
	cr_assert(has_reason(&result, REASON_HANG));
	cr_assert(eq(sz, result.finding_count, 0));
	result_fini(&result);
}

Test(search, kills_a_child_that_hangs_and_is_deaf)
{
	struct search search = fake_search();
	struct result result = search_scenario("hangs-deaf", &search);

	cr_assert(outcome_ending(&result, END_HANG) != NULL);
	cr_assert(has_reason(&result, REASON_HANG));
	cr_assert(eq(sz, result.finding_count, 0));
	result_fini(&result);
}

Test(search, stops_when_time_is_up)
{
	struct search search = fake_search();
	struct result result;

	search.time_limit = 0.2;
	result = search_scenario("endless", &search);
	cr_assert(eq(u32, result.incomplete_because, REASON_LIMIT));
	cr_assert(eq(u64, outcome_with(&result, "1")->count, 7));
	result_fini(&result);
}

static void press_ctrl_c(void *context, const struct progress *progress)
{
	(void)context;
	(void)progress;
	pool_interrupted = 1;
}

Test(search, says_that_it_was_interrupted)
{
	struct search search = fake_search();
	struct result result;

	search.progress = press_ctrl_c;
	result = search_scenario("endless", &search);
	cr_assert(eq(u32, result.incomplete_because, REASON_INTERRUPTED));
	cr_assert(eq(u64, outcome_with(&result, "1")->count, 7));
	result_fini(&result);
}

Test(search, keeps_what_is_known_of_a_child_that_does_not_stop)
{
	struct search search = fake_search();
	struct result result;

	search.time_limit = 0.2;
	result = search_scenario("headstrong", &search);
	cr_assert(eq(u32, result.incomplete_because, REASON_LIMIT));
	cr_assert(outcome_with(&result, "1") != NULL);
	cr_assert(eq(sz, finding_count(&result, FINDING_DATA_RACE), 1));
	cr_assert(eq(u64, result.executions, 41));
	result_fini(&result);
}

Test(search, stops_at_the_first_outcome_against_expect)
{
	struct search search = fake_search();
	struct result result;

	search.stop_at_first = true;
	search.expect = "fake_x < 3";
	result = search_scenario("waits-for-acks", &search);
	cr_assert(eq(sz, result.outcome_count, 3));
	cr_assert(outcome_with(&result, "3") != NULL);
	cr_assert(has_reason(&result, REASON_LIMIT));
	result_fini(&result);
}

Test(search, forgets_the_outcomes_of_earlier_rounds_but_no_finding)
{
	struct search search = fake_search();
	struct result result = search_scenario("rounds", &search);

	cr_assert(eq(sz, result.outcome_count, 1));
	cr_assert(eq(u64, outcome_with(&result, "2")->count, 9));
	cr_assert(eq(sz, finding_count(&result, FINDING_DATA_RACE), 1));
	result_fini(&result);
}

Test(search, keeps_the_outcomes_of_earlier_rounds_if_it_was_cut_short)
{
	struct search search = fake_search();
	struct result result = search_scenario("rounds-cut", &search);

	cr_assert(eq(sz, result.outcome_count, 2));
	cr_assert(eq(u64, outcome_with(&result, "1")->count, 1));
	cr_assert(eq(u64, outcome_with(&result, "2")->count, 9));
	result_fini(&result);
}

Test(search, has_no_result_of_a_program_that_does_not_greet)
{
	struct search search = fake_search();
	struct program program = fake_program("mute");
	struct result result;

	cr_assert(eq(int, pool_search(&program, &search, &result), -1));
	fake_program_fini(&program);
}

Test(search, has_no_result_of_a_program_of_another_version)
{
	struct search search = fake_search();
	struct program program = fake_program("foreign");
	struct result result;

	cr_assert(eq(int, pool_search(&program, &search, &result), -1));
	fake_program_fini(&program);
}

Test(search, says_when_the_program_closed_the_channel)
{
	struct search search = fake_search();
	struct result result = search_scenario("closes", &search);
	const struct finding *crash = finding_of(&result, FINDING_CRASH);

	cr_assert(crash != NULL);
	cr_assert(strstr(crash->message, "closed descriptors") != NULL);
	result_fini(&result);
}

Test(search, keeps_what_came_before_senseless_messages)
{
	struct search search = fake_search();
	struct result result = search_scenario("senseless", &search);

	cr_assert(outcome_with(&result, "1") != NULL);
	cr_assert(eq(sz, warnings_of_search(&result), 1));
	cr_assert(ne(u32, result.incomplete_because, 0));
	result_fini(&result);
}

Test(search, keeps_what_came_before_noise)
{
	struct search search = fake_search();
	struct result result = search_scenario("noise", &search);

	cr_assert(has_reason(&result, REASON_LIMIT));
	cr_assert(outcome_with(&result, "1") != NULL);
	result_fini(&result);
}

Test(search, trusts_no_schedule_that_was_overwritten)
{
	struct search search = fake_search();
	struct result result = search_scenario("scribbles", &search);
	const struct finding *crash = finding_of(&result, FINDING_CRASH);

	cr_assert(has_reason(&result, REASON_LIMIT));
	cr_assert(outcome_with(&result, "1") != NULL);
	cr_assert(crash != NULL);
	cr_assert(eq(u64, result.executions, 0));
	cr_assert(eq(u64, crash->count, 1));
	cr_assert(eq(sz, warnings_of_search(&result), 1));
	result_fini(&result);
}

Test(search, names_the_function_that_is_not_supported)
{
	struct search search = fake_search();
	struct result result = search_scenario("unsupported", &search);

	cr_assert(result.unsupported != NULL);
	cr_assert(strstr(result.unsupported, "pthread_cond_wait()") != NULL);
	cr_assert(has_reason(&result, REASON_UNSUPPORTED_CALL));
	cr_assert(outcome_with(&result, "1") != NULL);
	result_fini(&result);
}
