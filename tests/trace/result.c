/*
 * explorer/trace/result.c
 */
#include "trace/result.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

Test(result, names_lead_back)
{
	for (unsigned end = 0; end < END_COUNT; end++)
		cr_assert(eq(uint, end_by_name(end_name((enum end_kind)end)),
			     end));
	for (unsigned kind = 0; kind < FINDING_COUNT; kind++)
		cr_assert(eq(
			uint,
			finding_by_name(finding_name((enum finding_kind)kind)),
			kind));
	cr_assert(eq(uint, end_by_name("explosion"), END_COUNT));
	cr_assert(eq(uint, finding_by_name("race"), FINDING_COUNT));
	cr_assert(eq(str, (char *)end_name(END_STACK_OVERFLOW),
		     "stack-overflow"));
	cr_assert(
		eq(str, (char *)finding_name(FINDING_DATA_RACE), "data-race"));
}

Test(result, each_reason_has_a_name_of_its_own)
{
	for (unsigned a = 1; a <= REASON_LAST; a <<= 1) {
		for (unsigned b = 1; b < a; b <<= 1)
			cr_assert(strcmp(reason_name(a), reason_name(b)) != 0);
	}
	cr_assert(eq(str, (char *)reason_name(REASON_TIMEOUTS), "time-outs"));
}

/* --- The verdict */

Test(verdict, is_verified_only_for_a_complete_check_without_findings)
{
	struct result result = {.command = COMMAND_CHECK};

	result_decide(&result);
	cr_assert(eq(uint, result.verdict, VERDICT_VERIFIED));

	for (unsigned reason = 1; reason <= REASON_LAST; reason <<= 1) {
		result.incomplete_because = reason;
		result_decide(&result);
		cr_assert(eq(uint, result.verdict, VERDICT_INCOMPLETE));
	}
}

Test(verdict, of_sample_and_native_is_never_verified)
{
	static const enum command_kind commands[] = {COMMAND_SAMPLE,
						     COMMAND_NATIVE};

	for (unsigned i = 0; i < 2; i++) {
		struct result result = {.command = commands[i]};

		result_decide(&result);
		cr_assert(eq(uint, result.verdict, VERDICT_NONE_FOUND));
		result.incomplete_because = REASON_INTERRUPTED;
		result_decide(&result);
		cr_assert(eq(uint, result.verdict, VERDICT_NONE_FOUND));
	}
}

Test(verdict, findings_outweigh_everything)
{
	static const enum command_kind commands[] = {
		COMMAND_CHECK, COMMAND_SAMPLE, COMMAND_NATIVE};
	struct finding finding = {.kind = FINDING_DATA_RACE};

	for (unsigned i = 0; i < 3; i++) {
		struct result result = {
			.command = commands[i],
			.incomplete_because = REASON_LIMIT,
			.findings = &finding,
			.finding_count = 1,
		};

		result_decide(&result);
		cr_assert(eq(uint, result.verdict, VERDICT_FINDINGS));
	}
}

static enum verdict verdict_of(struct outcome outcome)
{
	struct result result = {
		.command = COMMAND_CHECK,
		.outcomes = &outcome,
		.outcome_count = 1,
	};

	result_decide(&result);
	return result.verdict;
}

Test(verdict, counts_failed_and_unexpected_outcomes_as_findings)
{
	cr_assert(eq(uint, verdict_of((struct outcome){.end = END_EXIT}),
		     VERDICT_VERIFIED));
	cr_assert(eq(uint, verdict_of((struct outcome){.end = END_CRASH}),
		     VERDICT_FINDINGS));
	cr_assert(eq(uint, verdict_of((struct outcome){.end = END_DEADLOCK}),
		     VERDICT_FINDINGS));
	cr_assert(eq(uint,
		     verdict_of((struct outcome){.end = END_EXIT,
						 .unexpected = true}),
		     VERDICT_FINDINGS));
}

Test(verdict, an_unsupported_call_makes_the_search_incomplete)
{
	char sentence[] = "pthread_cond_wait() is not supported";
	struct result result = {
		.command = COMMAND_CHECK,
		.unsupported = sentence,
	};

	result_decide(&result);
	cr_assert(eq(uint, result.verdict, VERDICT_INCOMPLETE));
	cr_assert(eq(uint, result.incomplete_because, REASON_UNSUPPORTED_CALL));
}

/* --- The order */

static struct outcome outcome_of(const char *text, enum value_kind kind)
{
	struct outcome outcome = {.value_count = 1};

	outcome.values = calloc(1, sizeof(*outcome.values));
	outcome.values[0].name = text_format("x");
	outcome.values[0].text = text_format("%s", text);
	outcome.values[0].kind = kind;
	return outcome;
}

Test(order, of_values_is_that_of_numbers)
{
	static const char *const sorted[] = {
		"-30000000000000000000", "-12", "-7", "0", "3", "10",
		"18446744073709551615"};
	struct result result = {.outcome_count = 7};

	result.outcomes = calloc(7, sizeof(*result.outcomes));
	for (size_t i = 0; i < 7; i++)
		result.outcomes[i] =
			outcome_of(sorted[i * 3 % 7], VALUE_INTEGER);
	result_sort(&result);
	for (size_t i = 0; i < 7; i++)
		cr_assert(eq(str, result.outcomes[i].values[0].text,
			     (char *)sorted[i]));
	result_fini(&result);
}

Test(order, of_other_values_is_null_reals_booleans_names)
{
	static const struct value sorted[] = {
		{.text = "null", .kind = VALUE_NULL},
		{.text = "-1.5e3", .kind = VALUE_REAL},
		{.text = "9.75", .kind = VALUE_REAL},
		{.text = "10.25", .kind = VALUE_REAL},
		{.text = "false", .kind = VALUE_BOOL},
		{.text = "true", .kind = VALUE_BOOL},
		{.text = "&x", .kind = VALUE_NAME},
		{.text = "BLUE", .kind = VALUE_NAME},
	};
	struct result result = {.outcome_count = 8};

	result.outcomes = calloc(8, sizeof(*result.outcomes));
	for (size_t i = 0; i < 8; i++)
		result.outcomes[i] = outcome_of(sorted[i * 3 % 8].text,
						sorted[i * 3 % 8].kind);
	result_sort(&result);
	for (size_t i = 0; i < 8; i++)
		cr_assert(eq(str, result.outcomes[i].values[0].text,
			     sorted[i].text));
	result_fini(&result);
}

Test(order, is_by_end_then_values_then_output)
{
	struct result result = {.outcome_count = 4};

	result.outcomes = calloc(4, sizeof(*result.outcomes));
	result.outcomes[0] = outcome_of("1", VALUE_INTEGER);
	result.outcomes[0].end = END_DEADLOCK;
	result.outcomes[1] = outcome_of("2", VALUE_INTEGER);
	result.outcomes[1].output = (uint8_t *)text_format("b");
	result.outcomes[1].output_length = 1;
	result.outcomes[2] = outcome_of("2", VALUE_INTEGER);
	result.outcomes[2].output = (uint8_t *)text_format("ab");
	result.outcomes[2].output_length = 2;
	result.outcomes[3] = outcome_of("2", VALUE_INTEGER);
	result_sort(&result);
	cr_assert(eq(sz, result.outcomes[0].output_length, 0));
	cr_assert(eq(sz, result.outcomes[1].output_length, 2));
	cr_assert(eq(sz, result.outcomes[2].output_length, 1));
	cr_assert(eq(uint, result.outcomes[3].end, END_DEADLOCK));
	result_fini(&result);
}

Test(order, of_findings_is_by_kind_file_line_message)
{
	struct result result = {.finding_count = 5};
	static const struct {
		enum finding_kind kind;
		const char *file;
		unsigned line;
		const char *message;
	} sorted[] = {
		{FINDING_DATA_RACE, NULL, 0, "m"},
		{FINDING_DATA_RACE, "a.c", 9, "m"},
		{FINDING_DATA_RACE, "a.c", 10, "a"},
		{FINDING_DATA_RACE, "a.c", 10, "b"},
		{FINDING_CRASH, "a.c", 1, "m"},
	};

	result.findings = calloc(5, sizeof(*result.findings));
	for (size_t i = 0; i < 5; i++) {
		struct finding *finding = &result.findings[i];
		size_t from = i * 2 % 5;

		finding->kind = sorted[from].kind;
		if (sorted[from].file)
			finding->place.file =
				text_format("%s", sorted[from].file);
		finding->place.line = sorted[from].line;
		finding->message = text_format("%s", sorted[from].message);
	}
	result_sort(&result);
	for (size_t i = 0; i < 5; i++) {
		cr_assert(eq(uint, result.findings[i].kind, sorted[i].kind));
		cr_assert(eq(uint, result.findings[i].place.line,
			     sorted[i].line));
		cr_assert(eq(str, result.findings[i].message,
			     (char *)sorted[i].message));
	}
	result_fini(&result);
}
