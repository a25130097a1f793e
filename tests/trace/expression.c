/*
 * explorer/trace/expression*.c
 */
#include "trace/expression.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/text.h"
#include "trace/expression_tree.h"

/* --- What expressions are worth */

static struct expression *parsed(const char *text)
{
	struct expression *expression;
	struct expression_error error;

	cr_assert(expression_parse(text, &expression, &error) == 0,
		  "%s: column %zu: %s", text, error.column, error.message);
	return expression;
}

/* x = 7, y = -3, z = 2^64 - 1, all other names 0; "none" is no integer. */
static bool lookup(void *context, size_t name, struct integer *ret_value)
{
	const char *wanted = expression_name(context, name);

	*ret_value = (struct integer){0};
	if (strcmp(wanted, "x") == 0)
		ret_value->bits = 7;
	else if (strcmp(wanted, "y") == 0)
		ret_value->bits = (uint64_t)-3;
	else if (strcmp(wanted, "z") == 0)
		*ret_value = (struct integer){UINT64_MAX, true};
	return strcmp(wanted, "none") != 0;
}

/* The same once it was bytes, as the library has it. */
static void expect_same_of_bytes(const struct expression *expression,
				 const struct expression_scope *scope,
				 int status, const struct integer *value)
{
	struct buffer bytes = {0};
	struct expression again;
	struct expression_fault fault;
	struct number number = {0};

	expression_put(&bytes, expression);
	cr_assert(eq(int,
		     expression_get(bytes.data, bytes.length,
				    expression_name_count(expression), &again),
		     0));
	cr_assert(eq(int, expression_run(&again, scope, &number, &fault),
		     status == 0));
	if (status == 0)
		cr_assert(eq(u64, (uint64_t)number.value, value->bits));
	expression_forget(&again);
	buffer_fini(&bytes);
}

static int evaluate(const char *text, struct integer *ret_value,
		    struct expression_error *ret_error)
{
	struct expression *expression = parsed(text);
	struct expression_scope scope = {lookup, expression};
	int status =
		expression_evaluate(expression, &scope, ret_value, ret_error);

	expect_same_of_bytes(expression, &scope, status, ret_value);
	expression_free(expression);
	return status;
}

/* Whatever is done to the bytes: refused, or evaluated to an end. */
Test(expression, takes_no_bytes_that_make_no_sense)
{
	struct expression *expression = parsed("x ? y + 1 : z * (2 - x)");
	struct expression_scope scope = {lookup, expression};
	size_t names = expression_name_count(expression);
	struct buffer bytes = {0};
	struct expression again;

	expression_put(&bytes, expression);
	cr_assert(eq(int, expression_get(bytes.data, 0, names, &again), -1));
	cr_assert(
		eq(int,
		   expression_get(bytes.data, bytes.length - 1, names, &again),
		   -1));
	cr_assert(
		eq(int,
		   expression_get(bytes.data, bytes.length, names - 1, &again),
		   -1));
	for (size_t i = 0; i < bytes.length; i++) {
		struct expression_fault fault;
		struct number number;
		uint8_t kept = bytes.data[i];

		bytes.data[i] ^= 0x55;
		if (expression_get(bytes.data, bytes.length, names, &again) ==
		    0) {
			expression_run(&again, &scope, &number, &fault);
			expression_forget(&again);
		}
		bytes.data[i] = kept;
	}
	buffer_fini(&bytes);
	expression_free(expression);
}

static struct integer value_of(const char *text)
{
	struct integer value;
	struct expression_error error;

	cr_assert(evaluate(text, &value, &error) == 0, "%s: %s", text,
		  error.message);
	return value;
}

static void assert_value(const char *text, int64_t expected)
{
	struct integer value = value_of(text);

	cr_assert(not(value.is_unsigned), "%s", text);
	cr_assert(eq(i64, (int64_t)value.bits, expected), "%s", text);
}

static void assert_unsigned(const char *text, uint64_t expected)
{
	struct integer value = value_of(text);

	cr_assert(value.is_unsigned, "%s", text);
	cr_assert(eq(u64, value.bits, expected), "%s", text);
}

/* The compiler is asked what each means. */
#define AS_IN_C(expression) assert_value(#expression, (expression))

Test(expression, literals_are_those_of_c)
{
	AS_IN_C(0);
	AS_IN_C(42);
	AS_IN_C(0x2a);
	AS_IN_C(0X2AL);
	AS_IN_C(052);
	AS_IN_C(0b101);
	AS_IN_C(42u);
	AS_IN_C(42ULL);
	AS_IN_C(42lu);
	AS_IN_C('a');
	AS_IN_C('\n');
	AS_IN_C('\0');
	AS_IN_C('\'');
	AS_IN_C('"');
	AS_IN_C('\\');
	AS_IN_C('\177');
	AS_IN_C('\x7f');
	AS_IN_C('\xff');
	AS_IN_C(9223372036854775807);
	assert_value("true", 1);
	assert_value("false", 0);
	assert_unsigned("18446744073709551615", UINT64_MAX);
	assert_unsigned("0xffffffffffffffff", UINT64_MAX);
	assert_value("-9223372036854775808", INT64_MIN);
}

Test(expression, operators_bind_as_in_c)
{
	AS_IN_C(1 + 2 * 3);
	AS_IN_C((1 + 2) * 3);
	AS_IN_C(20 - 5 - 3);
	AS_IN_C(100 / 5 / 2);
	AS_IN_C(-7 / 2);
	AS_IN_C(-7 % 3);
	AS_IN_C(7 % -3);
	AS_IN_C(1 << 3 << 2);
	AS_IN_C(1 << (3 + 1));
	AS_IN_C(-8 >> 1);
	AS_IN_C(-7 >> 1);
	AS_IN_C(-1L >> 63);
	assert_value("1 << 3 + 1", 16);
	assert_value("5 & 6 == 6", 1);
	assert_value("1 | 2 ^ 3 & 4", 3);
	assert_value("1 < 2 == 2 > 1", 1);
	assert_value("3 > 2 > 1", 0);
	assert_value("1 || 0 && 0", 1);
	AS_IN_C(!0 + !5);
	AS_IN_C(~0);
	AS_IN_C(~5 & 0xff);
	AS_IN_C(- -5);
	AS_IN_C(-+5);
	AS_IN_C(!!7);
	AS_IN_C(1 ? 2 : 3);
	AS_IN_C(0 ? 2 : 3);
	AS_IN_C(0 ? 1 : 0 ? 2 : 3);
	AS_IN_C(1 ? 0 ? 1 : 2 : 3);
	AS_IN_C(1 <= 1);
	AS_IN_C(1 >= 2);
	AS_IN_C(1 != 2);
}

/* C's own answers for every pair of small numbers and every operator. */
Test(expression, small_arithmetic_is_that_of_c)
{
#define TRY(operator)                                                          \
	do {                                                                   \
		char *text = text_format("(%d) %s (%d)", a, #operator, b);     \
                                                                               \
		assert_value(text, a operator b);                              \
		free(text);                                                    \
	} while (0)
	for (int a = -4; a <= 4; a++) {
		for (int b = -4; b <= 4; b++) {
			TRY(+);
			TRY(-);
			TRY(*);
			TRY(<);
			TRY(<=);
			TRY(>);
			TRY(>=);
			TRY(==);
			TRY(!=);
			TRY(&);
			TRY(|);
			TRY(^);
			TRY(&&);
			TRY(||);
			if (b) {
				TRY(/);
				TRY(%);
			}
			if (b >= 0)
				TRY(>>);
			if (a >= 0 && b >= 0)
				TRY(<<);
		}
	}
#undef TRY
}

Test(expression, unsigned_arithmetic_wraps_as_in_c)
{
	assert_unsigned("0u - 1", UINT64_MAX);
	assert_unsigned("-1u", UINT64_MAX);
	assert_unsigned("~0u", UINT64_MAX);
	assert_value("z + 1", 0);
	assert_value("z * z", 1);
	assert_value("-1 + 1u", 0);
	assert_unsigned("z - 1", UINT64_MAX - 1);
	assert_unsigned("0xffffffffffffffff << 1", UINT64_MAX - 1);
	assert_unsigned("z / 1", UINT64_MAX);
	assert_value("z >> 63", 1);
	assert_value("z % 10", 5);
	assert_value("~z", 0);
	assert_value("z & 0xff", 255);
	assert_value("-1 & 0xff", 255);
}

/* The types of the names are unknown, so numbers are what is compared. */
Test(expression, comparisons_are_those_of_numbers)
{
	assert_value("y < 0", 1);
	assert_value("y < z", 1);
	assert_value("-1 == z", 0);
	assert_value("z == 18446744073709551615", 1);
	assert_value("-1 < 1u", 1);
}

Test(expression, results_beyond_64_bits_are_errors)
{
	static const struct {
		const char *text;
		size_t column;
	} wrong[] = {
		{"18446744073709551615 + 1", 22},
		{"-9223372036854775808 - 1", 22},
		{"18446744073709551615 * 18446744073709551615", 22},
		{"-18446744073709551615", 1},
		{"18446744073709551615 << 63", 22},
		{"1 + (-9223372036854775807 << 1)", 27},
		{"x * 9223372036854775807", 3},
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct integer value;
		struct expression_error error;

		cr_assert(eq(int, evaluate(wrong[i].text, &value, &error), -1),
			  "%s", wrong[i].text);
		cr_assert(eq(sz, error.column, wrong[i].column), "%s",
			  wrong[i].text);
		cr_assert(strstr(error.message, "64 bits") != NULL);
	}
	assert_unsigned("-9223372036854775808 / -1", 9223372036854775808U);
	assert_value("-9223372036854775808 % -1", 0);
}

Test(expression, impossible_operations_are_errors)
{
	static const struct {
		const char *text;
		size_t column;
		const char *words;
	} wrong[] = {
		{"x / 0", 3, "division by zero"},
		{"x % (x - 7)", 3, "division by zero"},
		{"1u / 0", 4, "division by zero"},
		{"1 << 64", 3, "between 0 and 63"},
		{"1 >> y", 3, "between 0 and 63"},
		{"x == none", 6, "'none' is not an integer"},
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct integer value;
		struct expression_error error;

		cr_assert(eq(int, evaluate(wrong[i].text, &value, &error), -1),
			  "%s", wrong[i].text);
		cr_assert(eq(sz, error.column, wrong[i].column), "%s",
			  wrong[i].text);
		cr_assert(strstr(error.message, wrong[i].words) != NULL, "%s",
			  error.message);
	}
}

Test(expression, what_is_skipped_is_not_evaluated)
{
	assert_value("0 && 1 / 0", 0);
	assert_value("1 || none", 1);
	assert_value("x ? 3 : none", 3);
	assert_value("!x ? none : 4", 4);
}

/* --- Names */

static void assert_names(const char *text, const char *expected)
{
	struct expression *expression = parsed(text);
	struct buffer names = {0};

	for (size_t i = 0; i < expression_name_count(expression); i++)
		text_add(&names, "%s%s", i ? " " : "",
			 expression_name(expression, i));
	text_add(&names, "%s", "");
	cr_assert(eq(str, (char *)names.data, (char *)expected), "%s", text);
	buffer_fini(&names);
	expression_free(expression);
}

Test(expression, names_are_listed_once_in_order)
{
	assert_names("1 + 2", "");
	assert_names("x", "x");
	assert_names("b + a * b - _c1", "b a _c1");
}

Test(expression, names_have_the_form_that_watch_takes)
{
	assert_names("s.field.next", "s.field.next");
	assert_names("a[3]", "a[3]");
	assert_names("a[3][0x10].b[07] > 0", "a[3][16].b[7]");
	assert_names("a [ 3 ] . b", "a[3].b");
	assert_names("file.c:x", "file.c:x");
	assert_names("file.c:x.y[2]==1", "file.c:x.y[2]");
	assert_names("\"my-file.c:x\" - 1", "my-file.c:x");
	assert_names("\"true\"", "true");
}

Test(expression, a_colon_belongs_to_a_name_only_behind_a_file)
{
	assert_names("a?b:c", "a b c");
	assert_names("a?s.x:c", "a s.x c");
	assert_names("a ? b[1]:c", "a b[1] c");
	assert_names("a ? file.c:x : y", "a file.c:x y");
	assert_names("a ? x : file.c:y", "a x file.c:y");
	assert_names("a?file.c:x:file.h:y", "a file.c:x file.h:y");
	assert_names("a ? s.c : x", "a s.c x");
	assert_names("a ? s.c :x", "a s.c x");
	assert_names("a ? s.c: x", "a s.c x");
	assert_names("a?s.c:1", "a s.c");
}

/* --- What is no expression */

static void assert_refused(const char *text, size_t column, const char *words)
{
	struct expression *expression = NULL;
	struct expression_error error;

	cr_assert(eq(int, expression_parse(text, &expression, &error), -1),
		  "%s", text);
	cr_assert(eq(ptr, expression, NULL));
	cr_assert(eq(sz, error.column, column), "%s: %s", text, error.message);
	cr_assert(strstr(error.message, words) != NULL, "%s: %s", text,
		  error.message);
}

Test(expression, errors_point_at_their_column)
{
	assert_refused("", 1, "the expression is empty");
	assert_refused("  \t", 1, "the expression is empty");
	assert_refused("x ==", 5, "a value is missing at the end");
	assert_refused("-", 2, "a value is missing at the end");
	assert_refused("(", 2, "a value is missing at the end");
	assert_refused("x == )", 6, "a value should stand before ')'");
	assert_refused("x + * y", 5, "a value should stand before '*'");
	assert_refused("&x", 1, "a value should stand before '&'");
	assert_refused("(x", 3, "')' is missing for the '(' in column 1");
	assert_refused("x)", 2, "this ')' closes nothing");
	assert_refused("x y", 3, "an operator is missing before 'y'");
	assert_refused("x 3", 3, "an operator is missing before '3'");
	assert_refused("f(x)", 2, "an operator is missing before '('");
	assert_refused("x : y", 3, "this ':' has no '?' before it");
	assert_refused("x ? y", 6, "':' is missing for the '?'");
	assert_refused("x ? s.c:y", 10, "column 5 belongs to a file's name");
	assert_refused("x = 3", 3, "'==' compares");
	assert_refused("x += 3", 3, "assigned");
	assert_refused("x <<= 3", 3, "assigned");
	assert_refused("x++", 2, "incremented");
	assert_refused("--x", 1, "decremented");
	assert_refused("p->x", 2, "pointers cannot be followed");
	assert_refused("x, y", 2, "',' has no meaning");
	assert_refused("x # y", 3, "'#' has no meaning");
	assert_refused("x == \xc3\xa4", 6, "the byte 0xc3 has no meaning");
}

Test(expression, malformed_literals_are_refused)
{
	assert_refused("18446744073709551616", 1, "does not fit 64 bits");
	assert_refused("0x10000000000000000", 1, "does not fit 64 bits");
	assert_refused("08", 1, "octal, and has no digit 8");
	assert_refused("0x", 1, "'0x' is not a number");
	assert_refused("0b2", 1, "'0b2' is not a number");
	assert_refused("3x", 1, "'3x' is not a number");
	assert_refused("3lL", 1, "'3lL' is not a number");
	assert_refused("3uu", 1, "'3uu' is not a number");
	assert_refused("x == 1.5", 6, "only integers");
	assert_refused("1e3", 1, "only integers");
	assert_refused("''", 1, "one character");
	assert_refused("'ab'", 1, "one character");
	assert_refused("'a", 1, "one character");
	assert_refused("'", 1, "one character");
	assert_refused("'\\", 1, "one character");
	assert_refused("'\\q'", 1, "one character");
	assert_refused("'\\x'", 1, "one character");
	assert_refused("'\\777'", 1, "one character");
}

Test(expression, malformed_names_are_refused)
{
	assert_refused("a[i]", 3, "an index should be a number");
	assert_refused("a[-1]", 3, "an index should be a number");
	assert_refused("a[]", 3, "an index should be a number");
	assert_refused("a[1", 4, "']' is missing");
	assert_refused("a[1+1]", 4, "']' is missing");
	assert_refused("s.", 3, "a field's name");
	assert_refused("s.3", 3, "a field's name");
	assert_refused("\"x", 1, "closing quote");
	assert_refused("\"\"", 1, "closing quote");
}

Test(expression, depth_has_a_limit)
{
	static const struct {
		const char *piece;
		const char *last;
	} chains[] = {{"(", "x"},
		      {"-(", "x"},
		      {"!", "x"},
		      {"x ? x : ", "x"},
		      {"x + ", "x"},
		      {"x ? ", "x"},
		      {"1 || 1 && 1 | 1 ^ 1 & 1 == 1 < 1 << 1 + 1 * (", "x"}};

	for (size_t i = 0; i < sizeof(chains) / sizeof(chains[0]); i++) {
		struct buffer text = {0};
		struct expression *expression;
		struct expression_error error;

		for (unsigned j = 0; j < 100000; j++)
			text_add(&text, "%s", chains[i].piece);
		text_add(&text, "%s", chains[i].last);
		cr_assert(eq(int,
			     expression_parse((char *)text.data, &expression,
					      &error),
			     -1));
		cr_assert(strstr(error.message, "too ") != NULL, "%s",
			  error.message);
		buffer_fini(&text);
	}
}

Test(expression, a_long_list_of_values_is_no_problem)
{
	struct buffer text = {0};

	for (unsigned i = 0; i < 200; i++)
		text_add(&text, "x == %u || ", i + 1000);
	text_add(&text, "x == 7");
	assert_value((char *)text.data, 1);
	buffer_fini(&text);
}

Test(expression, freeing_nothing_does_nothing)
{
	expression_free(NULL);
}

/* --- Outcomes */

static int holds(const char *text, const char *value, enum value_kind kind)
{
	char name[] = "v";
	struct value values[] = {
		{.name = name, .text = (char *)(uintptr_t)value, .kind = kind}};
	struct expression *expression = parsed(text);
	struct expression_error error;
	bool held;
	int status = expression_holds(expression, values, 1, &held, &error);

	expression_free(expression);
	return status ? status : held;
}

Test(expression, holds_or_not_for_the_values_of_an_outcome)
{
	cr_assert(eq(int, holds("v == 4", "4", VALUE_INTEGER), 1));
	cr_assert(eq(int, holds("v == 4", "3", VALUE_INTEGER), 0));
	cr_assert(eq(int, holds("v < 0", "-9223372036854775808", VALUE_INTEGER),
		     1));
	cr_assert(eq(int, holds("v == ~0u", "18446744073709551615", VALUE_BIG),
		     1));
	cr_assert(eq(int, holds("v", "true", VALUE_BOOL), 1));
	cr_assert(eq(int, holds("v", "false", VALUE_BOOL), 0));
	cr_assert(eq(int, holds("v == 0", "null", VALUE_NULL), 1));
}

Test(expression, cannot_judge_what_is_no_integer)
{
	cr_assert(eq(int, holds("v == 4", "4.5", VALUE_REAL), -1));
	cr_assert(eq(int, holds("v == 4", "&x+8", VALUE_NAME), -1));
	cr_assert(eq(int, holds("v", "36893488147419103232", VALUE_BIG), -1));
	cr_assert(eq(int, holds("v", "-9223372036854775809", VALUE_BIG), -1));
	cr_assert(eq(int, holds("other", "4", VALUE_INTEGER), -1));
}

/* --- Fuzz */

static void assert_survives(const char *text)
{
	struct expression *expression;
	struct expression_error error = {.message = ""};
	struct expression_scope scope = {.lookup = lookup};
	struct integer value;

	if (expression_parse(text, &expression, &error) == 0) {
		scope.context = expression;
		if (expression_evaluate(expression, &scope, &value, &error) ==
		    0) {
			expression_free(expression);
			return;
		}
		expression_free(expression);
	}
	cr_assert(error.message[0] != '\0', "%s", text);
	cr_assert(error.column >= 1 && error.column <= strlen(text) + 1, "%s",
		  text);
}

/* Always the same mutations of good expressions: parsed and evaluated, or
 * refused with a sentence and a column within the text. */
Test(expression, survives_mutations)
{
	static const char *const good[] = {
		"x == 200000 && s.field >= -1", "a[3] ? file.c:x : 0xffu",
		"(x + y) * z / 3 % 7 << 2 >> 1", "~x & '\\n' | \"a b\" ^ !y",
		"-9223372036854775808 / -1 || x != 1 - 2"};
	static const char *const words[] = {"(",
					    ")",
					    "?",
					    ":",
					    "<<",
					    ">>",
					    "&&",
					    "||",
					    "==",
					    "/",
					    "%",
					    "*",
					    "-",
					    "~",
					    "!",
					    "'",
					    "\"",
					    "\\",
					    ".",
					    "[",
					    "]",
					    "0x",
					    "u",
					    " ",
					    "z",
					    "64",
					    "file.c:",
					    "->",
					    "18446744073709551615",
					    "9223372036854775808"};
	struct random random;
	struct buffer text = {0};

	random_seed(&random, 13);
	for (unsigned round = 0; round < 20000; round++) {
		const char *from = good[round % 5];
		uint32_t odds = 2 + random_below(&random, 12);

		buffer_clear(&text);
		for (; *from; from++) {
			if (random_below(&random, odds) == 0)
				text_add(&text, "%s",
					 words[random_below(&random, 30)]);
			if (random_below(&random, 20) == 0)
				text_add(&text, "%c",
					 1 + random_below(&random, 255));
			if (random_below(&random, odds))
				text_add(&text, "%c", *from);
		}
		text_add(&text, "%s", "");
		assert_survives((char *)text.data);
	}
	buffer_fini(&text);
}
