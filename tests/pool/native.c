/*
 * Native runs of a fake child.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "channel/report_message.h"
#include "fake_child.h"
#include "pool/native_run.h"
#include "run.h"

static const char *const watches[] = {"fake_x"};

static struct native fake_native(uint64_t runs)
{
	return (struct native){.runs = runs,
			       .run_timeout = 30,
			       .watches = watches,
			       .watch_count = 1};
}

static struct result run_native(const char *scenario,
				const struct native *native)
{
	struct program program = fake_program(scenario);
	struct result result = {0};

	cr_assert(eq(int, pool_native(&program, native, &result), 0));
	fake_program_fini(&program);
	return result;
}

Test(native, counts_runs_by_outcome)
{
	struct native native = fake_native(5);
	struct result result = run_native("native", &native);

	cr_assert(eq(u64, result.executions, 5));
	cr_assert(eq(sz, result.outcome_count, 1));
	cr_assert(eq(u64, result.outcomes[0].count, 5));
	cr_assert(eq(int, result.outcomes[0].status, 4));
	cr_assert(eq(str, result.outcomes[0].values[0].text, "3"));
	cr_assert(eq(int, (int)result.verdict, VERDICT_NONE_FOUND));
	result_fini(&result);
}

Test(native, captures_both_outputs_in_order)
{
	struct native native = fake_native(1);
	struct result result = run_native("native", &native);
	const char text[] = "to one\nto two\n";

	cr_assert(eq(sz, result.outcomes[0].output_length, strlen(text)));
	cr_assert(eq(int, memcmp(result.outcomes[0].output, text, strlen(text)),
		     0));
	result_fini(&result);
}

Test(native, finds_the_value_that_was_not_expected)
{
	struct native native = fake_native(2);
	struct result result;

	native.expect = "fake_x == 4";
	result = run_native("native", &native);
	cr_assert(eq(sz, finding_count(&result, FINDING_UNEXPECTED_VALUE), 1));
	cr_assert(eq(int, (int)result.verdict, VERDICT_FINDINGS));
	result_fini(&result);
}

Test(native, reads_failed_assertions_in_the_output)
{
	struct native native = fake_native(2);
	struct result result = run_native("native-assertion", &native);
	const struct finding *finding = finding_of(&result, FINDING_ASSERTION);

	cr_assert(outcome_ending(&result, END_ASSERTION) != NULL);
	cr_assert(finding != NULL);
	cr_assert(eq(u64, finding->count, 2));
	cr_assert(eq(str, finding->place.file, "dir/a.c"));
	cr_assert(eq(str, finding->place.function, "main"));
	cr_assert(eq(u32, finding->place.line, 12));
	cr_assert(eq(str, finding->message,
		     "assertion x == 4 failed in main() a.c:12"));
	result_fini(&result);
}

Test(native, ends_a_run_that_hangs_and_counts_it)
{
	struct native native = fake_native(2);
	struct result result;

	native.run_timeout = 0.2;
	result = run_native("native-hang", &native);
	cr_assert(eq(sz, result.outcome_count, 1));
	cr_assert(eq(int, (int)result.outcomes[0].end, END_HANG));
	cr_assert(eq(u64, result.outcomes[0].count, 2));
	cr_assert(eq(sz, result.finding_count, 0));
	result_fini(&result);
}

Test(native, takes_the_same_long_output_for_the_same)
{
	struct native native = fake_native(4);
	struct result result = run_native("native-loud", &native);

	cr_assert(eq(sz, result.outcome_count, 1));
	cr_assert(eq(sz, result.outcomes[0].output_length, OUTPUT_KEPT));
	cr_assert(gt(u64, result.outcomes[0].output_total, OUTPUT_KEPT));
	result_fini(&result);
}

Test(native, digests_output_as_the_library_does)
{
	struct native native = fake_native(1);
	struct result result = run_native("native-loud", &native);
	struct buffer all = {0};

	for (int i = 0; i < LOUD_LINES; i++)
		text_add(&all, "line %d\n", i);
	cr_assert(eq(u64, result.outcomes[0].output_total, all.length));
	cr_assert(eq(u64, result.outcomes[0].output_digest,
		     hash_bytes(all.data, all.length, 0)));
	buffer_fini(&all);
	result_fini(&result);
}

static char *find_assertion(const char *output, struct source_place *place)
{
	struct outcome outcome = {.output = (uint8_t *)strdup(output),
				  .output_length = strlen(output)};
	char *text = assertion_in_output(&outcome, place);

	free(outcome.output);
	return text;
}

Test(assertion, is_found_after_other_output)
{
	struct source_place place = {0};
	char *text = find_assertion("x = 3\na: b/c: d.c:7: f: Assertion `a == "
				    "\"b: c\"' failed.\nAborted\n",
				    &place);

	cr_assert(eq(str, text, "a == \"b: c\""));
	cr_assert(eq(str, place.file, "d.c"));
	cr_assert(eq(str, place.function, "f"));
	cr_assert(eq(u32, place.line, 7));
}

Test(assertion, is_not_seen_where_there_is_none)
{
	struct source_place place = {0};

	cr_assert(zero(ptr, find_assertion("", &place)));
	cr_assert(zero(ptr, find_assertion(": Assertion `x", &place)));
}
