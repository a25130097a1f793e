/* Exit statuses. */
#include "cli/finish.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/redirect.h>
#include <stdio.h>

#include "cli/command.h"

static char sentence[] = "main.c:3: pthread_cond_wait is not known yet";

static int status_of(struct result result, unsigned accepted)
{
	result_decide(&result);
	return finish_status(&result, accepted);
}

static struct finding race = {.kind = FINDING_DATA_RACE, .count = 1};

Test(finish, is_0_where_nothing_was_found)
{
	cr_expect(zero(int, status_of((struct result){0}, 0)));
	cr_expect(zero(
		int, status_of((struct result){.command = COMMAND_SAMPLE}, 0)));
}

Test(finish, is_1_with_findings)
{
	cr_expect(eq(
		int,
		status_of((struct result){.findings = &race,
					  .finding_count = 1,
					  .incomplete_because = REASON_LIMIT},
			  REASON_LIMIT),
		1));
}

Test(finish, is_3_where_check_is_incomplete)
{
	struct result result = {.incomplete_because = REASON_BOUND};

	cr_expect(eq(int, status_of(result, 0), 3));
	cr_expect(eq(int, status_of(result, REASON_LIMIT), 3));
	result.command = COMMAND_SAMPLE;
	cr_expect(zero(int, status_of(result, 0)));
}

Test(finish, accepts_what_it_was_told_to_and_nothing_else)
{
	struct result result = {.incomplete_because =
					REASON_BOUND | REASON_LIMIT};

	cr_expect(eq(int, status_of(result, REASON_BOUND), 3));
	cr_expect(zero(int, status_of(result, REASON_BOUND | REASON_LIMIT)));
}

Test(finish, is_130_after_an_interruption_whatever_was_found)
{
	cr_expect(eq(int,
		     status_of((struct result){.findings = &race,
					       .finding_count = 1,
					       .incomplete_because =
						       REASON_INTERRUPTED},
			       REASON_INTERRUPTED),
		     130));
}

Test(finish, is_2_after_an_unsupported_call)
{
	struct result result = {.incomplete_because = REASON_UNSUPPORTED_CALL,
				.unsupported = sentence};

	cr_redirect_stderr();
	cr_expect(eq(int, status_of(result, 0), 2));
	fflush(stderr);
	cr_expect_stderr_eq_str(
		"explorer: main.c:3: pthread_cond_wait is not known yet\n");
}

Test(finish, is_1_after_an_unsupported_call_if_something_was_found)
{
	struct result result = {.findings = &race,
				.finding_count = 1,
				.incomplete_because = REASON_UNSUPPORTED_CALL,
				.unsupported = sentence};

	cr_redirect_stderr();
	cr_expect(eq(int, status_of(result, 0), 1));
}

Test(finish, is_2_where_traces_could_not_be_written)
{
	struct result result = {
		.findings = &race, .finding_count = 1, .write_error = sentence};

	cr_redirect_stderr();
	cr_expect(eq(int, status_of(result, 0), 2));
}

Test(finish, is_2_where_standard_output_takes_no_more)
{
	cr_redirect_stderr();
	cr_assert_not_null(freopen("/dev/full", "w", stdout));
	puts("results");
	cr_expect(eq(int, finish_output(1), 2));
	fflush(stderr);
	cr_expect_stderr_eq_str("explorer: cannot write to standard output: No "
				"space left on device\n");
}
