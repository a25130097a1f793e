/*
 * What --expect says: C's integer expressions over watched names.
 *
 *     x == 200000        a[3] > 0 && s.count % 2 == 0        file.c:x ? y : z
 *
 * Literals are decimal, hexadecimal, octal, binary or characters, with C's
 * suffixes; true and false; the operators are C's, without assignment, comma,
 * sizeof, casts and addresses. A name has the form that --watch takes:
 * x, s.field, a[3], file.c:x.
 *
 * A colon belongs to the name if what stands before it ends like the name of a
 * source file (.c, .h, .cc, .cpp ...), and no blank stands beside it; all
 * other colons are those of ?:. A name in double quotes is taken as it is:
 * "my-file.c:x".
 *
 * Numbers. The declared types of the names are not known here, so all values
 * are whole numbers from -2^63 to 2^64 - 1, and are compared as such: -1 is
 * less than every unsigned number. Arithmetic is exact; leaving that range is
 * an error, unless an operand is known to be unsigned (a suffix u, a
 * hexadecimal literal or a watched value that fits no int64_t): then it wraps
 * around at 2^64 as in C. ~, &, |, ^, << and >> work on 64 bits.
 */
#ifndef EXPLORER_TRACE_EXPRESSION_H
#define EXPLORER_TRACE_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/result.h"

/* An expression may not be nested deeper; a chain such as a + b + c counts
 * one for each operator. */
#define EXPRESSION_DEPTH_MAX 400

struct expression;

/* Column 1 is the first byte of the text. */
struct expression_error {
	size_t column;
	char message[160]; /* a sentence without its full stop */
};

/* bits as uint64_t if is_unsigned, else as int64_t. Results are unsigned only
 * if they do not fit int64_t. */
struct integer {
	uint64_t bits;
	bool is_unsigned;
};

/* Returns 0; or -1 with *ret_error. Owned by the caller. */
int expression_parse(const char *text, struct expression **ret_expression,
		     struct expression_error *ret_error);
void expression_free(struct expression *expression);

/* The names in it, each once, in the order in which they first stand. They
 * belong to the expression. Blanks within a name are dropped. */
size_t expression_name_count(const struct expression *expression);
const char *expression_name(const struct expression *expression, size_t i);

/* Where values come from. `name` counts as in expression_name(). False: the
 * value is no integer. */
struct expression_scope {
	bool (*lookup)(void *context, size_t name, struct integer *ret_value);
	void *context;
};

/* Returns 0; or -1 with *ret_error: a division by zero, a shift too far, a
 * result out of range, a name whose value is no integer. What && || ?: skip is
 * not evaluated. */
int expression_evaluate(const struct expression *expression,
			const struct expression_scope *scope,
			struct integer *ret_value,
			struct expression_error *ret_error);

/* Whether it is not 0 for these values of an outcome; null counts as 0, true as
 * 1. Returns as expression_evaluate() does. */
int expression_holds(const struct expression *expression,
		     const struct value *values, size_t value_count,
		     bool *ret_holds, struct expression_error *ret_error);

#endif
