/*
 * Expressions over the values of an outcome.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/expression.h"

struct outcome_values {
	const struct expression *expression;
	const struct value *values;
	size_t count;
};

/* VALUE_BIG also says numbers of more than 64 bits, which do not fit. */
static bool read_decimal(const char *text, struct integer *ret_value)
{
	char plain[24];
	bool is_negative = *text == '-';
	uint64_t bits = strtoull(text + is_negative, NULL, 10);

	snprintf(plain, sizeof(plain), "%s%" PRIu64, is_negative ? "-" : "",
		 bits);
	if (strcmp(plain, text) != 0 ||
	    (is_negative && bits > (uint64_t)INT64_MAX + 1))
		return false;
	*ret_value = (struct integer){
		.bits = is_negative ? -bits : bits,
		.is_unsigned = !is_negative && bits > INT64_MAX,
	};
	return true;
}

static bool read_value(const struct value *value, struct integer *ret_value)
{
	switch (value->kind) {
	case VALUE_INTEGER:
	case VALUE_BIG:
		return read_decimal(value->text, ret_value);
	case VALUE_BOOL:
		*ret_value = (struct integer){
			.bits = strcmp(value->text, "true") == 0};
		return true;
	case VALUE_NULL:
		*ret_value = (struct integer){0};
		return true;
	case VALUE_REAL:
	case VALUE_NAME:
		break;
	}
	return false;
}

static bool lookup_value(void *context, size_t name, struct integer *ret_value)
{
	const struct outcome_values *values = context;
	const char *wanted = expression_name(values->expression, name);

	for (size_t i = 0; i < values->count; i++) {
		if (strcmp(values->values[i].name, wanted) == 0)
			return read_value(&values->values[i], ret_value);
	}
	return false;
}

int expression_holds(const struct expression *expression,
		     const struct value *values, size_t value_count,
		     bool *ret_holds, struct expression_error *ret_error)
{
	struct outcome_values context = {
		.expression = expression,
		.values = values,
		.count = value_count,
	};
	struct expression_scope scope = {
		.lookup = lookup_value,
		.context = &context,
	};
	struct integer value;

	if (expression_evaluate(expression, &scope, &value, ret_error) != 0)
		return -1;
	*ret_holds = value.bits != 0;
	return 0;
}
