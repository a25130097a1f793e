/*
 * Outcomes, findings and places in JSON.
 */
#include "report/json_parts.h"

#include <assert.h>
#include <float.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/text.h"
#include "report/base64.h"
#include "report/json.h"
#include "report/utf8.h"

void json_add(json_t *object, const char *key, json_t *value)
{
	int failed = json_object_set_new(object, key, value);

	assert(!failed);
}

/* Bytes as a string; *ret_valid says whether they were UTF-8 as they were. */
static json_t *json_bytes(const void *bytes, size_t length, bool *ret_valid)
{
	struct buffer text = {0};
	json_t *string;

	*ret_valid = utf8_repair(&text, bytes, length);
	string = json_stringn(text.data ? (char *)text.data : "", text.length);
	buffer_fini(&text);
	return string;
}

json_t *json_text(const char *text)
{
	bool valid;

	return text ? json_bytes(text, strlen(text), &valid) : json_null();
}

json_t *json_count(uint64_t count)
{
	/* JSON's integers are jansson's, of 64 bits with a sign. */
	if (count > INT64_MAX)
		return json_null();
	return json_integer((json_int_t)count);
}

json_t *json_strings(char *const *strings, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, json_text(strings[i]));
	return array;
}

void json_add_place(json_t *object, const struct source_place *place)
{
	json_add(object, "file", json_text(place->file));
	json_add(object, "line",
		 place->line ? json_integer(place->line) : json_null());
	json_add(object, "function", json_text(place->function));
}

static json_t *json_value(const struct value *value)
{
	switch (value->kind) {
	case VALUE_INTEGER:
		return json_integer(strtoll(value->text, NULL, 10));
	case VALUE_REAL:
		return json_real(strtod(value->text, NULL));
	case VALUE_BOOL:
		return json_boolean(strcmp(value->text, "true") == 0);
	case VALUE_NULL:
		return json_null();
	case VALUE_BIG:
	case VALUE_NAME:
		break;
	}
	return json_text(value->text);
}

static json_t *json_values(const struct outcome *outcome)
{
	json_t *values = json_object();

	for (size_t i = 0; i < outcome->value_count; i++) {
		json_t *name = json_text(outcome->values[i].name);

		json_add(values, json_string_value(name),
			 json_value(&outcome->values[i]));
		json_decref(name);
	}
	return values;
}

static void add_output_size(json_t *object, const struct outcome *outcome)
{
	uint64_t total = outcome->output_length;
	uint64_t digest = outcome->output_digest;
	char *hex;

	if (outcome->output_total > outcome->output_length)
		total = outcome->output_total;
	else
		digest = hash_bytes(outcome->output, outcome->output_length, 0);
	hex = text_format("%016" PRIx64, digest);
	json_add(object, "output_bytes", json_count(total));
	json_add(object, "output_digest", json_string(hex));
	free(hex);
}

/* "output", and "output_base64" where the bytes are no UTF-8, and
 * "output_bytes" and "output_digest" where they are not all. */
static void add_output(json_t *object, const struct outcome *outcome)
{
	size_t length = outcome->output_length;
	bool cut = outcome->output_total > length || length > JSON_OUTPUT_MAX;
	bool valid;

	if (length > JSON_OUTPUT_MAX)
		length = JSON_OUTPUT_MAX;
	if (cut)
		length = utf8_whole(outcome->output, length);
	json_add(object, "output", json_bytes(outcome->output, length, &valid));
	if (!valid) {
		char *coded = base64_encode(outcome->output, length);

		json_add(object, "output_base64", json_string(coded));
		free(coded);
	}
	if (cut)
		add_output_size(object, outcome);
}

/* Where states are visited and not executions, there is nothing to count. */
static json_t *count_or_null(uint64_t count, bool counted)
{
	return counted ? json_count(count) : json_null();
}

/* In as many digits as every decimal fraction survives: all others can then be
 * printed as short as they are. */
static json_t *json_share(double share)
{
	char text[40];

	snprintf(text, sizeof(text), "%.*g", DBL_DIG, share);
	return json_real(strtod(text, NULL));
}

json_t *json_outcome(const struct outcome *outcome, bool counted)
{
	json_t *object = json_object();

	json_add(object, "end", json_string(end_name(outcome->end)));
	json_add(object, "status",
		 outcome->has_status ? json_integer(outcome->status)
				     : json_null());
	json_add(object, "values", json_values(outcome));
	add_output(object, outcome);
	counted &= outcome->count > 0;
	json_add(object, "count", count_or_null(outcome->count, counted));
	json_add(object, "lost_updates",
		 count_or_null(outcome->lost_updates, counted));
	json_add(object, "trace", json_text(outcome->trace));
	if (outcome->interleavings) {
		json_add(object, "interleavings",
			 json_text(outcome->interleavings));
		json_add(object, "share", json_share(outcome->share));
	}
	return object;
}

json_t *json_outcomes(const struct result *result)
{
	json_t *array = json_array();

	for (size_t i = 0; i < result->outcome_count; i++)
		json_array_append_new(array, json_outcome(&result->outcomes[i],
							  !result->has_states));
	return array;
}

static json_t *json_deed(const char *thread, const struct source_place *place)
{
	json_t *object;

	if (!thread && !place->file && !place->function)
		return json_null();
	object = json_object();
	json_add(object, "thread", json_text(thread));
	json_add_place(object, place);
	return object;
}

static json_t *json_callers(const struct callers *callers)
{
	json_t *array = json_array();

	for (size_t i = 0; i < callers->count; i++) {
		json_t *caller = json_object();

		json_add_place(caller, &callers->at[i]);
		json_array_append_new(array, caller);
	}
	return array;
}

/* What was done to a block. */
static json_t *json_block_deed(const char *thread,
			       const struct source_place *place,
			       const struct callers *callers)
{
	json_t *deed = json_deed(thread, place);

	if (json_is_object(deed))
		json_add(deed, "callers", json_callers(callers));
	return deed;
}

static json_t *json_access(const struct access *access)
{
	json_t *object = json_object();

	json_add(object, "thread", json_text(access->thread));
	json_add(object, "operation", json_text(access->operation));
	json_add(object, "variable", json_text(access->variable));
	if (access->bytes > 0)
		json_add(object, "bytes", json_count(access->bytes));
	json_add_place(object, &access->place);
	json_add(object, "callers", json_callers(&access->callers));
	json_add(object, "locks",
		 json_strings(access->locks, access->lock_count));
	json_add(object, "created",
		 json_deed(access->created_by, &access->created));
	return object;
}

static json_t *json_blocked(const struct blocked_thread *thread)
{
	json_t *object = json_object();

	json_add(object, "thread", json_text(thread->thread));
	json_add(object, "waits_for", json_text(thread->waits_for));
	json_add(object, "held_by", json_text(thread->held_by));
	json_add_place(object, &thread->place);
	json_add(object, "callers", json_callers(&thread->callers));
	return object;
}

static json_t *json_block(const struct heap_block_name *block)
{
	json_t *object = json_object();

	json_add(object, "bytes", json_count(block->bytes));
	if (block->blocks > 0)
		json_add(object, "blocks", json_count(block->blocks));
	else
		json_add(object, "offset", json_integer(block->offset));
	json_add(object, "allocated",
		 json_block_deed(block->allocated_by, &block->allocated,
				 &block->allocated_callers));
	json_add(object, "freed",
		 json_block_deed(block->freed_by, &block->freed,
				 &block->freed_callers));
	return object;
}

/* The frame of what was a local variable: who returned from it and where, and
 * where that thread is now. */
static json_t *json_frame(const struct heap_block_name *frame)
{
	json_t *object = json_object();

	json_add(object, "returned",
		 json_block_deed(frame->freed_by, &frame->freed,
				 &frame->freed_callers));
	json_add(object, "now",
		 json_block_deed(frame->allocated_by, &frame->allocated,
				 &frame->allocated_callers));
	return object;
}

static json_t *json_finding(const struct finding *finding, bool counted)
{
	json_t *object = json_object();
	json_t *accesses = json_array();
	json_t *threads = json_array();

	json_add(object, "kind", json_string(finding_name(finding->kind)));
	json_add(object, "message", json_text(finding->message));
	json_add(object, "count",
		 count_or_null(finding->count, counted && finding->count > 0));
	json_add(object, "trace", json_text(finding->trace));
	json_add_place(object, &finding->place);
	if (finding_is_of_a_call(finding->kind))
		json_add(object, "callers", json_callers(&finding->callers));
	for (size_t i = 0; i < finding->access_count; i++)
		json_array_append_new(accesses,
				      json_access(&finding->accesses[i]));
	json_add(object, "accesses", accesses);
	if (finding->kind == FINDING_USE_AFTER_RETURN)
		json_add(object, "frame", json_frame(&finding->block));
	else if (finding->block.known)
		json_add(object, "block", json_block(&finding->block));
	for (size_t i = 0; i < finding->thread_count; i++)
		json_array_append_new(threads,
				      json_blocked(&finding->threads[i]));
	if (finding_is_of_threads(finding->kind))
		json_add(object, "threads", threads);
	else
		json_decref(threads);
	return object;
}

json_t *json_findings(const struct result *result)
{
	json_t *array = json_array();

	for (size_t i = 0; i < result->finding_count; i++)
		json_array_append_new(array, json_finding(&result->findings[i],
							  !result->has_states));
	return array;
}
