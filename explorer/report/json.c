/*
 * Results as JSON documents.
 */
#include "report/json.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/json_parts.h"

/* Digits that no one minds in a decimal fraction, and those that every double
 * survives. */
#define DIGITS_SHORT 15
#define DIGITS_EXACT 17

static const char *command_name(enum command_kind command)
{
	switch (command) {
	case COMMAND_CHECK:
		return "check";
	case COMMAND_SAMPLE:
		return "sample";
	case COMMAND_NATIVE:
		return "native";
	case COMMAND_REPLAY:
		break;
	}
	return "replay";
}

static const char *verdict_name(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_VERIFIED:
		return "verified";
	case VERDICT_FINDINGS:
		return "findings";
	case VERDICT_INCOMPLETE:
		return "incomplete";
	case VERDICT_NONE_FOUND:
		break;
	}
	return "none-found";
}

static json_t *json_reasons(unsigned reasons)
{
	json_t *array = json_array();

	for (unsigned reason = 1; reason <= REASON_LAST; reason <<= 1)
		if (reasons & reason)
			json_array_append_new(array,
					      json_string(reason_name(reason)));
	return array;
}

static json_t *json_guess(const struct guess *guess)
{
	json_t *object;

	if (guess->high <= 0)
		return json_null();
	object = json_object();
	json_add(object, "low", json_real(floor(guess->low)));
	json_add(object, "high", json_real(ceil(guess->high)));
	return object;
}

static void add_figures(json_t *object, const struct result *result)
{
	json_add(object, "rounds", json_integer(result->rounds));
	json_add(object, "executions",
		 result->has_states ? json_null()
				    : json_count(result->executions));
	if (result->interleavings)
		json_add(object, "interleavings",
			 json_text(result->interleavings));
	json_add(object, "blocked", json_count(result->blocked));
	json_add(object, "cut", json_count(result->cut));
	json_add(object, "states",
		 result->has_states ? json_count(result->states) : json_null());
	json_add(object, "transitions", json_count(result->transitions));
	json_add(object, "estimate", json_guess(&result->estimate));
	json_add(object, "steps",
		 result->has_steps ? json_count(result->steps) : json_null());
	json_add(object, "seconds",
		 json_real(round(result->seconds * 1000) / 1000));
}

static bool is_found(const struct result *result)
{
	for (size_t i = 0; i < result->outcome_count; i++)
		if (result->outcomes[i].wanted)
			return true;
	return false;
}

json_t *json_of_result(const struct result *result)
{
	json_t *object = json_object();

	json_add(object, "explorer", json_string(EXPLORER_VERSION));
	json_add(object, "program", json_text(result->program));
	json_add(object, "arguments",
		 json_strings(result->arguments, result->argument_count));
	json_add(object, "command", json_string(command_name(result->command)));
	json_add(object, "strategy", json_text(result->strategy));
	if (result->was_chosen)
		json_add(object, "rival", json_text(result->rival));
	if (result->bound_of)
		json_add(object, result->bound_of, json_integer(result->bound));
	json_add(object, "memory_model", json_text(result->memory_model));
	json_add(object, "verdict", json_string(verdict_name(result->verdict)));
	json_add(object, "complete", json_boolean(!result->incomplete_because));
	json_add(object, "incomplete_because",
		 json_reasons(result->incomplete_because));
	json_add(object, "warnings",
		 json_strings(result->warnings, result->warning_count));
	add_figures(object, result);
	if (result->find)
		json_add(object, "found", json_boolean(is_found(result)));
	json_add(object, "outcomes", json_outcomes(result));
	json_add(object, "findings", json_findings(result));
	return object;
}

static json_t *part(const struct result *result)
{
	return result ? json_of_result(result) : json_null();
}

json_t *json_of_comparison(const struct result *check,
			   const struct result *sample,
			   const struct result *native)
{
	json_t *object = json_object();

	json_add(object, "check", part(check));
	json_add(object, "sample", part(sample));
	json_add(object, "native", part(native));
	return object;
}

json_t *json_of_replay(const struct json_replay *replay)
{
	json_t *object = json_object();
	bool diverged = !replay->reproduced;

	json_add(object, "explorer", json_string(EXPLORER_VERSION));
	json_add(object, "program", json_text(replay->result->program));
	json_add(object, "command", json_string("replay"));
	json_add(object, "trace", json_text(replay->trace));
	json_add(object, "result",
		 json_string(diverged ? "diverged" : "reproduced"));
	json_add(object, "step",
		 diverged ? json_count(replay->step) : json_null());
	json_add(object, "expected",
		 json_text(diverged ? replay->expected : NULL));
	json_add(object, "actual", json_text(diverged ? replay->actual : NULL));
	json_add(object, "outcomes", json_outcomes(replay->result));
	json_add(object, "findings", json_findings(replay->result));
	return object;
}

/* Whether each real number in the document can be read back from a short
 * decimal fraction: few are then printed with a tail of nines or zeros. */
static bool short_digits_do(const json_t *document)
{
	const char *key;
	json_t *value;
	size_t i;
	char text[40];

	if (json_is_real(document)) {
		double real = json_real_value(document);

		snprintf(text, sizeof(text), "%.*g", DIGITS_SHORT, real);
		return strtod(text, NULL) >= real && strtod(text, NULL) <= real;
	}
	if (json_is_array(document)) {
		json_array_foreach(
			document, i,
			value) if (!short_digits_do(value)) return false;
	} else {
		/* jansson's loop takes no const object, and changes none. */
		json_object_foreach(
			(json_t *)(uintptr_t)document, key,
			value) if (!short_digits_do(value)) return false;
	}
	return true;
}

void json_print(FILE *file, json_t *document)
{
	int digits = short_digits_do(document) ? DIGITS_SHORT : DIGITS_EXACT;

	/* A file that takes no more is found out when it is closed. */
	json_dumpf(document, file,
		   JSON_INDENT(2) | JSON_REAL_PRECISION(digits));
	fputc('\n', file);
	json_decref(document);
}
