/*
 * What --expect says, applied to the values of an outcome.
 */
#include "pool/expectation.h"

#include "base/diagnostic.h"

struct expression *expectation_parse(const char *option, const char *text)
{
	struct expression *expression = NULL;
	struct expression_error error;

	if (expression_parse(text, &expression, &error) == 0)
		return expression;
	/* The caret stands below the column that is at fault. */
	complain("%s: column %zu: %s\n  %s\n  %*s", option, error.column,
		 error.message, text, (int)error.column, "^");
	return NULL;
}

bool expectation_is_contradicted(const struct expression *expression,
				 const struct outcome *outcome)
{
	struct expression_error error;
	bool holds = false;

	if (!expression || outcome->end != END_EXIT)
		return false;
	/* What cannot be evaluated does not hold: a division by zero, a name
	 * that the program gives to nothing by then. */
	return expression_holds(expression, outcome->values,
				outcome->value_count, &holds, &error) != 0 ||
	       !holds;
}

bool expectation_is_met(const struct expression *expression,
			const struct outcome *outcome)
{
	return expression && outcome->end == END_EXIT &&
	       !expectation_is_contradicted(expression, outcome);
}
