/*
 * Expressions evaluated for a person: with a sentence where there is no value.
 */
#include <stdio.h>

#include "trace/expression_tree.h"

static void explain(const struct expression *expression,
		    const struct expression_fault *fault,
		    struct expression_error *error)
{
	const char *sentence = "";

	error->column = fault->node->column;
	switch (fault->kind) {
	case FAULT_DIVISION:
		sentence = "division by zero";
		break;
	case FAULT_SHIFT:
		sentence = "the shift count is not between 0 and 63";
		break;
	case FAULT_RANGE:
		sentence = "the result does not fit 64 bits";
		break;
	case FAULT_NO_INTEGER:
		snprintf(error->message, sizeof(error->message),
			 "the value of '%.80s' is not an integer",
			 expression->names[fault->node->name]);
		return;
	}
	snprintf(error->message, sizeof(error->message), "%s", sentence);
}

int expression_evaluate(const struct expression *expression,
			const struct expression_scope *scope,
			struct integer *ret_value,
			struct expression_error *ret_error)
{
	struct expression_fault fault;
	struct number number = {0};

	if (!expression_run(expression, scope, &number, &fault)) {
		explain(expression, &fault, ret_error);
		return -1;
	}
	*ret_value = (struct integer){
		.bits = (uint64_t)number.value,
		.is_unsigned = number.value > INT64_MAX,
	};
	return 0;
}
