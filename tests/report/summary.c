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

Test(summary, says_that_native_runs_prove_nothing)
{
	struct result result = sample_empty(COMMAND_NATIVE);

	sample_add_outcome(&result, "x", "200000", "x = 200000\n")->count = 10;
	result.executions = 10;
	result_decide(&result);
	expect("summary-native.txt", &result, true);
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
