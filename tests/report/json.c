/* The documents for scripts. */
#include "report/json.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "samples.h"
#include "support/snapshot.h"

static bool is_null(const json_t *object, const char *key)
{
	return json_is_null(json_object_get(object, key));
}

static void expect(const char *snapshot, json_t *document)
{
	struct page page;

	page_begin(&page, true, 80);
	json_print(page.terminal.file, document);
	snapshot_expect(snapshot, page_end(&page));
	page_fini(&page);
}

Test(json, of_a_check_is_the_contract)
{
	struct result result = sample_counter();

	expect("json-check.txt", json_of_result(&result));
	result_fini(&result);
}

Test(json, of_a_deadlock_lists_its_threads)
{
	struct result result = sample_deadlock();

	expect("json-deadlock.txt", json_of_result(&result));
	result_fini(&result);
}

Test(json, of_native_runs_has_no_steps_and_no_strategy)
{
	struct result result = sample_empty(COMMAND_NATIVE);
	json_t *document;

	result_decide(&result);
	document = json_of_result(&result);
	cr_expect(is_null(document, "steps"));
	cr_expect(is_null(document, "strategy"));
	cr_expect(eq(
		str,
		(char *)json_string_value(json_object_get(document, "verdict")),
		"none-found"));
	cr_expect(eq(str,
		     (char *)json_string_value(
			     json_object_get(document, "memory_model")),
		     "hardware"));
	json_decref(document);
	result_fini(&result);
}

Test(json, names_the_reasons_of_an_incomplete_search)
{
	struct result result = sample_verified();

	result.incomplete_because = REASON_BOUND | REASON_INTERRUPTED;
	result_decide(&result);
	expect("json-incomplete.txt", json_of_result(&result));
	result_fini(&result);
}

static json_t *first_outcome(json_t *document)
{
	return json_array_get(json_object_get(document, "outcomes"), 0);
}

static const char *text_at(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

Test(json, replaces_what_is_no_utf8_and_keeps_the_bytes)
{
	struct result result = sample_empty(COMMAND_CHECK);
	json_t *document;
	json_t *outcome;

	sample_add_outcome(&result, NULL, NULL, "a\xff\xc3\xa4");
	document = json_of_result(&result);
	outcome = first_outcome(document);
	cr_expect(eq(str, (char *)text_at(outcome, "output"), "a\ufffdä"));
	cr_expect(
		eq(str, (char *)text_at(outcome, "output_base64"), "Yf/DpA=="));
	json_decref(document);
	result_fini(&result);
}

Test(json, leaves_valid_output_alone)
{
	struct result result = sample_empty(COMMAND_CHECK);
	json_t *document;
	json_t *outcome;

	sample_add_outcome(&result, NULL, NULL, "ä\n");
	document = json_of_result(&result);
	outcome = first_outcome(document);
	cr_expect(eq(str, (char *)text_at(outcome, "output"), "ä\n"));
	cr_expect_null(json_object_get(outcome, "output_base64"));
	cr_expect_null(json_object_get(outcome, "output_digest"));
	json_decref(document);
	result_fini(&result);
}

Test(json, cuts_long_output_between_characters_and_gives_its_digest)
{
	const size_t length = JSON_OUTPUT_MAX + 100;
	char *output = malloc(length + 1);
	struct result result = sample_empty(COMMAND_CHECK);
	char digest[24];
	json_t *document;
	json_t *outcome;

	memset(output, 'a', length);
	memcpy(output + JSON_OUTPUT_MAX - 1, "ä", 2);
	output[length] = '\0';
	sample_add_outcome(&result, NULL, NULL, output);
	document = json_of_result(&result);
	outcome = first_outcome(document);
	snprintf(digest, sizeof(digest), "%016" PRIx64,
		 hash_bytes(output, length, 0));
	cr_expect(eq(sz, json_string_length(json_object_get(outcome, "output")),
		     JSON_OUTPUT_MAX - 1));
	cr_expect_null(json_object_get(outcome, "output_base64"));
	cr_expect(eq(str, (char *)text_at(outcome, "output_digest"), digest));
	cr_expect(
		eq(i64,
		   json_integer_value(json_object_get(outcome, "output_bytes")),
		   (json_int_t)length));
	json_decref(document);
	result_fini(&result);
	free(output);
}

Test(json, says_of_output_that_came_cut_how_long_it_was)
{
	struct result result = sample_empty(COMMAND_CHECK);
	struct outcome *outcome =
		sample_add_outcome(&result, NULL, NULL, "aaa");
	json_t *document;

	outcome->output_total = 100000;
	outcome->output_digest = 0xabc;
	document = json_of_result(&result);
	cr_expect(eq(str,
		     (char *)text_at(first_outcome(document), "output_digest"),
		     "0000000000000abc"));
	json_decref(document);
	result_fini(&result);
}

Test(json, gives_each_kind_of_value_its_type)
{
	static const struct value values[] = {
		{(char *)"i", (char *)"-9223372036854775808", VALUE_INTEGER},
		{(char *)"b", (char *)"18446744073709551615", VALUE_BIG},
		{(char *)"r", (char *)"0.1", VALUE_REAL},
		{(char *)"t", (char *)"true", VALUE_BOOL},
		{(char *)"n", (char *)"&x+8", VALUE_NAME},
		{(char *)"p", (char *)"null", VALUE_NULL},
	};
	const size_t count = sizeof(values) / sizeof(*values);
	struct result result = sample_empty(COMMAND_CHECK);
	struct outcome *outcome = sample_add_outcome(&result, NULL, NULL, "");

	outcome->values = calloc(count, sizeof(*outcome->values));
	outcome->value_count = count;
	for (size_t i = 0; i < count; i++)
		outcome->values[i] =
			(struct value){strdup(values[i].name),
				       strdup(values[i].text), values[i].kind};
	expect("json-values.txt", json_of_result(&result));
	result_fini(&result);
}

Test(json, keeps_every_digit_that_a_fraction_needs)
{
	struct result result = sample_empty(COMMAND_CHECK);
	struct page page;

	sample_add_outcome(&result, "x", "0.30000000000000004", "");
	result.outcomes[0].values[0].kind = VALUE_REAL;
	page_begin(&page, true, 80);
	json_print(page.terminal.file, json_of_result(&result));
	cr_expect_not_null(strstr(page_end(&page), "0.30000000000000004"));
	page_fini(&page);
	result_fini(&result);
}

Test(json, of_a_comparison_has_null_for_what_was_not_reached)
{
	struct result check = sample_verified();
	json_t *document = json_of_comparison(&check, NULL, NULL);

	cr_expect(not(is_null(document, "check")));
	cr_expect(is_null(document, "sample"));
	cr_expect(is_null(document, "native"));
	json_decref(document);
	result_fini(&check);
}

Test(json, of_a_replay_says_where_it_diverged)
{
	struct result result = sample_empty(COMMAND_REPLAY);
	struct json_replay replay = {.trace = "traces/a.trace",
				     .reproduced = true,
				     .step = 3,
				     .expected = "T2 read x",
				     .actual = "T2 lock m",
				     .result = &result};

	sample_add_outcome(&result, "x", "11", "x = 11\n");
	expect("json-reproduced.txt", json_of_replay(&replay));
	replay.reproduced = false;
	expect("json-diverged.txt", json_of_replay(&replay));
	result_fini(&result);
}

Test(json, of_a_trace_lists_its_steps)
{
	struct trace trace = sample_lost_update();

	expect("json-trace.txt", json_of_trace("traces/a.trace", &trace));
	trace_fini(&trace);
}
