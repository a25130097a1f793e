/*
 * What --expect says, applied to the values of an outcome.
 */
#ifndef EXPLORER_POOL_EXPECTATION_H
#define EXPLORER_POOL_EXPECTATION_H

#include <stdbool.h>

#include "trace/expression.h"
#include "trace/result.h"

/* What the option says. NULL after complain() if it does not parse: the
 * complaint points at the column. */
struct expression *expectation_parse(const char *option, const char *text);

/* True if the outcome is an ordinary exit whose values contradict it. NULL is
 * contradicted by nothing. */
bool expectation_is_contradicted(const struct expression *expression,
				 const struct outcome *outcome);

/* True if it is an ordinary exit whose values are so. */
bool expectation_is_met(const struct expression *expression,
			const struct outcome *outcome);

#endif
