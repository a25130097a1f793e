/* What check, sample and native say to a person. */
#include "report/summary.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "samples.h"
#include "support/snapshot.h"

static void expect(const char *snapshot, struct result *result, bool utf8)
{
	struct page page;

	page_begin(&page, utf8, 100);
	summary_print(&page.terminal, result, false);
	snapshot_expect(snapshot, page_end(&page));
	page_fini(&page);
	result_fini(result);
}

Test(summary, shows_each_value_as_a_bar)
{
	struct result result = sample_counter();

	expect("summary-counter.txt", &result, true);
}

Test(summary, does_without_box_characters)
{
	struct result result = sample_counter();

	expect("summary-counter-ascii.txt", &result, false);
}

Test(summary, says_what_verified_rests_on)
{
	struct result result = sample_verified();

	expect("summary-verified.txt", &result, true);
}

Test(summary, shows_a_deadlock_as_who_holds_and_who_waits)
{
	struct result result = sample_deadlock();

	expect("summary-deadlock.txt", &result, true);
}

Test(summary, says_why_a_search_is_incomplete)
{
	struct result result = sample_verified();

	result.incomplete_because = REASON_LIMIT | REASON_BOUND;
	result_decide(&result);
	expect("summary-incomplete.txt", &result, true);
}

Test(summary, says_up_to_which_bound_a_search_is_complete)
{
	struct result result = sample_verified();

	result.incomplete_because = REASON_BOUND;
	result.bound_of = BOUND_OF_PREEMPTIONS;
	result.bound = 1;
	result_decide(&result);
	expect("summary-bound.txt", &result, true);
}

Test(summary, says_that_native_runs_prove_nothing)
{
	struct result result = sample_empty(COMMAND_NATIVE);

	sample_add_outcome(&result, "x", "200000", "x = 200000\n")->count = 10;
	result.executions = 10;
	result_decide(&result);
	expect("summary-native.txt", &result, true);
}

/* What a hang is, natively nobody can see. */
Test(summary, says_how_a_native_run_came_to_hang)
{
	struct result result = sample_empty(COMMAND_NATIVE);
	struct page page;

	sample_add_outcome(&result, NULL, NULL, "")->end = END_HANG;
	result.executions = 1;
	result.incomplete_because = REASON_HANG;
	result_decide(&result);
	page_begin(&page, true, 100);
	summary_print(&page.terminal, &result, true);
	cr_expect_not_null(strstr(page_end(&page), "--run-timeout"));
	cr_expect_null(strstr(page.text, "ran on"));
	page_fini(&page);
	result_fini(&result);
}

Test(summary, counts_no_single_execution)
{
	struct result result = sample_empty(COMMAND_CHECK);
	struct page page;

	sample_add_outcome(&result, "x", "4", "")->count = 1;
	result.executions = 1;
	result_decide(&result);
	page_begin(&page, true, 100);
	summary_print(&page.terminal, &result, true);
	cr_expect_not_null(strstr(page_end(&page), "  in the only execution,"));
	page_fini(&page);
	result_fini(&result);
}

Test(summary, sums_up_many_outcomes)
{
	struct result result = sample_empty(COMMAND_CHECK);
	char value[16];

	for (int i = 0; i < 100; i++) {
		snprintf(value, sizeof(value), "%d", i);
		sample_add_outcome(&result, "x", value, "")->count = 100;
	}
	result.executions = 10000;
	result_decide(&result);
	expect("summary-many.txt", &result, true);
}

static char *printed(const struct result *result)
{
	struct page page;

	page_begin(&page, true, 100);
	summary_print(&page.terminal, result, true);
	page_end(&page);
	return page.text;
}

/* A hundred values, ever more frequent, and a failure and a surprise. */
static struct result result_of_many(void)
{
	struct result result = sample_empty(COMMAND_CHECK);
	char value[16];

	for (int i = 0; i < 100; i++) {
		snprintf(value, sizeof(value), "%d", i);
		sample_add_outcome(&result, "x", value, "")->count =
			(uint64_t)i + 1;
	}
	result.outcomes[50].unexpected = true;
	result.outcomes[60].end = END_DEADLOCK;
	result.executions = 5050;
	result_sort(&result);
	result_decide(&result);
	return result;
}

Test(summary, shows_the_most_telling_of_many_outcomes)
{
	static const char *const shown[] = {"  x = 0 ",	 "  x = 8 ",
					    "  x = 50 ", "  deadlock, x = 60 ",
					    "  x = 91 ", "  x = 99 "};
	static const char *const left_out[] = {"  x = 9 ", "  x = 49 ",
					       "  x = 90 "};
	struct result result = result_of_many();
	char *text = printed(&result);

	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
		cr_expect(ne(ptr, strstr(text, shown[i]), NULL), "%s%s",
			  shown[i], text);
	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
		cr_expect(eq(ptr, strstr(text, left_out[i]), NULL), "%s",
			  left_out[i]);
	cr_expect(ne(ptr, strstr(text, "... and 80 more"), NULL));
	free(text);
	result_fini(&result);
}

Test(summary, says_which_limit_cut_executions_off)
{
	struct result result = sample_empty(COMMAND_CHECK);
	char *text;

	result.executions = 1;
	result.incomplete_because = REASON_LIMIT;
	result_decide(&result);
	text = printed(&result);
	cr_expect(ne(ptr, strstr(text, "in 1 execution, but"), NULL));
	cr_expect(ne(ptr, strstr(text, "--time-limit"), NULL));
	free(text);
	result.cut = 1;
	text = printed(&result);
	cr_expect(ne(ptr,
		     strstr(text, "1 execution was cut off at --max-steps"),
		     NULL));
	free(text);
	result_fini(&result);
}

Test(summary, says_the_place_of_a_failure_once)
{
	struct result result = sample_empty(COMMAND_CHECK);
	struct finding *finding = sample_add_finding(
		&result, FINDING_ASSERTION,
		"assertion x == 4 failed in main() counter.c:30");
	const char *place = "main() counter.c:30";
	const char *first;
	char *text;

	finding->place = (struct source_place){strdup("models/counter.c"),
					       strdup("main"), 30};
	result.executions = 1;
	result_decide(&result);
	text = printed(&result);
	first = strstr(text, place);
	cr_assert(ne(ptr, (void *)first, NULL));
	cr_expect(eq(ptr, strstr(first + 1, place), NULL));
	free(text);
	result_fini(&result);
}

Test(summary, puts_outputs_of_one_value_into_one_line)
{
	struct result result = sample_empty(COMMAND_CHECK);

	sample_add_outcome(&result, "x", "4", "a\nb\n")->count = 3;
	sample_add_outcome(&result, "x", "4", "b\na\n")->count = 4;
	result.executions = 7;
	result_decide(&result);
	expect("summary-outputs.txt", &result, true);
}

Test(summary, lets_no_control_character_through)
{
	struct result result = sample_empty(COMMAND_CHECK);
	struct page page;

	sample_add_outcome(&result, NULL, NULL, "\033[2Jgone\r\xff\n");
	result.executions = 1;
	sample_add_finding(&result, FINDING_ASSERTION, "\033[1mbold");
	result_decide(&result);
	page_begin(&page, true, 100);
	summary_print(&page.terminal, &result, false);
	page_end(&page);
	cr_expect_null(strpbrk(page.text, "\033\r\xff"));
	cr_expect_not_null(strstr(page.text, "\\x1b[2Jgone\\r\\xff"));
	page_fini(&page);
	result_fini(&result);
}

Test(summary, points_to_a_failure_before_a_lost_update_before_a_race)
{
	struct result result = sample_counter();
	struct finding *finding;

	cr_expect(eq(str, (char *)summary_best_trace(&result),
		     "traces/counter-x=2-1.trace"));
	finding = sample_add_finding(&result, FINDING_ASSERTION, "x == 4");
	finding->trace = strdup("traces/counter-assertion-1.trace");
	cr_expect(eq(str, (char *)summary_best_trace(&result),
		     "traces/counter-assertion-1.trace"));
	result_fini(&result);
}

Test(summary, says_what_to_type_where_the_command_is_not_installed)
{
	struct result result = sample_counter();
	struct page page;

	page_begin(&page, true, 100);
	page.terminal.command = "my build/explorer";
	summary_print(&page.terminal, &result, false);
	cr_expect_not_null(strstr(page_end(&page),
				  "'my build/explorer' replay "
				  "traces/counter-x=2-1.trace\n"));
	page_fini(&page);
	result_fini(&result);
}

Test(summary, gives_no_advice_when_quiet)
{
	struct result result = sample_counter();
	struct page page;

	page_begin(&page, true, 100);
	summary_print(&page.terminal, &result, true);
	cr_expect_null(strstr(page_end(&page), "explorer replay"));
	page_fini(&page);
	result_fini(&result);
}
