/*
 * The bytes of watched variables, as they are shown.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "symbols/fixture.h"

TestSuite(value, .init = fixture_begin, .fini = fixture_end);

static void check_value(struct symbols *symbols, const char *name,
			const void *bytes, enum value_kind kind,
			const char *expected)
{
	struct watch watch;
	struct value value;
	char *error = NULL;

	cr_assert(eq(int, symbols_watch(symbols, name, &watch, &error), 0),
		  "%s", error);
	value = symbols_value(symbols, &watch, bytes, (struct location){0});
	cr_expect(eq(str, value.name, (char *)name));
	cr_expect(eq(str, value.text, (char *)expected), "%s", name);
	cr_expect(eq(int, (int)value.kind, (int)kind), "%s", name);
	free(value.name);
	free(value.text);
	watch_fini(&watch);
}

static void check_number(struct symbols *symbols, const char *name,
			 uint64_t number, enum value_kind kind,
			 const char *expected)
{
	uint64_t bytes[2] = {number, 0};

	check_value(symbols, name, bytes, kind, expected);
}

Test(value, of_an_integer_has_its_width_and_sign)
{
	struct symbols *symbols = fixture_open("values");
	uint64_t ones = UINT64_MAX;

	check_number(symbols, "i8", ones, VALUE_INTEGER, "-1");
	check_number(symbols, "i8", 0x80, VALUE_INTEGER, "-128");
	check_number(symbols, "i16", 0xff7f, VALUE_INTEGER, "-129");
	check_number(symbols, "i32", 0x7fffffff, VALUE_INTEGER, "2147483647");
	check_number(symbols, "i32", 0x80000000, VALUE_INTEGER, "-2147483648");
	check_number(symbols, "i64", (uint64_t)INT64_MIN, VALUE_INTEGER,
		     "-9223372036854775808");
	check_number(symbols, "u8", ones, VALUE_INTEGER, "255");
	check_number(symbols, "u16", ones, VALUE_INTEGER, "65535");
	check_number(symbols, "u32", ones, VALUE_INTEGER, "4294967295");
	check_number(symbols, "u64", INT64_MAX, VALUE_INTEGER,
		     "9223372036854775807");
	check_number(symbols, "u64", (uint64_t)INT64_MAX + 1, VALUE_BIG,
		     "9223372036854775808");
	check_number(symbols, "letter", 'a', VALUE_INTEGER, "97");
	check_number(symbols, "atomic", 0xfffffffe, VALUE_INTEGER, "-2");
	check_number(symbols, "atomic_wide", ones, VALUE_BIG,
		     "18446744073709551615");
	check_number(symbols, "strange", 1, VALUE_INTEGER, "1");
	symbols_free(symbols);
}

Test(value, of_a_large_integer_is_big_only_if_it_has_to)
{
	struct symbols *symbols = fixture_open("values");
	const uint64_t most[2] = {UINT64_MAX, UINT64_MAX};
	const uint64_t least[2] = {0, (uint64_t)1 << 63};
	const uint64_t fits[2] = {(uint64_t)INT64_MIN, UINT64_MAX};
	const uint64_t beyond[2] = {INT64_MAX, UINT64_MAX};

	check_value(symbols, "u128", most, VALUE_BIG,
		    "340282366920938463463374607431768211455");
	check_value(symbols, "i128", most, VALUE_INTEGER, "-1");
	check_value(symbols, "i128", least, VALUE_BIG,
		    "-170141183460469231731687303715884105728");
	check_value(symbols, "i128", fits, VALUE_INTEGER,
		    "-9223372036854775808");
	check_value(symbols, "i128", beyond, VALUE_BIG, "-9223372036854775809");
	check_number(symbols, "u128", 7, VALUE_INTEGER, "7");
	symbols_free(symbols);
}

Test(value, of_a_boolean_is_true_or_false)
{
	struct symbols *symbols = fixture_open("values");

	check_number(symbols, "boolean", 0, VALUE_BOOL, "false");
	check_number(symbols, "boolean", 1, VALUE_BOOL, "true");
	symbols_free(symbols);
}

Test(value, of_an_enum_is_its_name)
{
	struct symbols *symbols = fixture_open("values");

	check_number(symbols, "colour", 0, VALUE_NAME, "RED");
	check_number(symbols, "colour", 200, VALUE_NAME, "GREEN");
	check_number(symbols, "colour", 0xffffffff, VALUE_NAME, "BLUE");
	check_number(symbols, "small", 255, VALUE_NAME, "HIGH");
	check_number(symbols, "chosen", 1, VALUE_NAME, "SOME");
	symbols_free(symbols);
}

Test(value, of_an_enum_without_a_name_is_the_number)
{
	struct symbols *symbols = fixture_open("values");

	check_number(symbols, "colour", 7, VALUE_INTEGER, "7");
	check_number(symbols, "colour", 0xfffffffe, VALUE_INTEGER, "-2");
	check_number(symbols, "small", 254, VALUE_INTEGER, "254");
	symbols_free(symbols);
}

Test(value, of_a_real_number_is_a_fraction)
{
	struct symbols *symbols = fixture_open("values");
	float single = 0.1F;
	double twofold = -2;
	long double extended = 0.1L;
	double infinity = INFINITY;
	unsigned char bytes[16] = {0};

	check_value(symbols, "single", &single, VALUE_REAL, "0.1");
	check_value(symbols, "twofold", &twofold, VALUE_REAL, "-2.0");
	memcpy(bytes, &extended, sizeof(extended));
	check_value(symbols, "extended", bytes, VALUE_REAL, "0.1");
	check_value(symbols, "twofold", &infinity, VALUE_NAME, "Infinity");
	single = NAN;
	check_value(symbols, "single", &single, VALUE_NAME, "NaN");
	symbols_free(symbols);
}

static void check_pointer(struct symbols *symbols, const char *name,
			  struct location pointee, const char *expected)
{
	const uint64_t address = 0x1234;
	struct watch watch;
	struct value value;
	char *error = NULL;

	cr_assert(eq(int, symbols_watch(symbols, name, &watch, &error), 0),
		  "%s", error);
	cr_expect(watch_is_pointer(&watch));
	value = symbols_value(symbols, &watch, &address, pointee);
	cr_expect(eq(str, value.text, (char *)expected));
	cr_expect(eq(int, (int)value.kind, (int)VALUE_NAME));
	free(value.name);
	free(value.text);
	watch_fini(&watch);
}

static struct location location_of(struct symbols *symbols, const char *name)
{
	struct location location;

	cr_assert(symbols_locate(symbols, name, &location));
	return location;
}

Test(value, of_a_pointer_is_what_it_points_to)
{
	struct symbols *symbols = fixture_open("values");

	check_pointer(symbols, "pointer", location_of(symbols, "i32"), "&i32");
	check_pointer(symbols, "pointer", location_of(symbols, "elements[2]"),
		      "&elements+8");
	check_pointer(symbols, "pointer", location_of(symbols, "matrix[1]"),
		      "&matrix+12");
	check_pointer(symbols, "pointer", location_of(symbols, "i64+2"),
		      "&i64+2");
	check_pointer(symbols, "anything", location_of(symbols, "structure"),
		      "&structure");
	check_pointer(symbols, "anything", location_of(symbols, "matrix[1]"),
		      "&matrix+12");
	check_pointer(symbols, "function", location_of(symbols, "main"),
		      "&main");
	check_pointer(symbols, "pointer", location_of(symbols, "own@1"),
		      "&own@1");
	symbols_free(symbols);
}

Test(value, of_a_pointer_to_no_variable_says_where)
{
	struct symbols *symbols = fixture_open("values");

	check_pointer(symbols, "pointer", location_of(symbols, "heap 0.3+8"),
		      "heap 3+8");
	check_pointer(symbols, "pointer", location_of(symbols, "heap 0.3"),
		      "heap 3");
	check_pointer(symbols, "pointer", location_of(symbols, "heap 1.3+8"),
		      "heap 1.3+8");
	check_pointer(symbols, "pointer", location_of(symbols, "stack 1-128"),
		      "stack 1-128");
	check_pointer(symbols, "pointer", location_of(symbols, "tls 1-4096"),
		      "tls 1-4096");
	check_pointer(symbols, "pointer", (struct location){0}, "0x1234");
	symbols_free(symbols);
}

Test(value, of_a_null_pointer_is_null)
{
	struct symbols *symbols = fixture_open("values");

	check_number(symbols, "pointer", 0, VALUE_NULL, "null");
	check_number(symbols, "text", 0, VALUE_NULL, "null");
	check_number(symbols, "function", 0, VALUE_NULL, "null");
	symbols_free(symbols);
}

Test(value, of_others_is_no_pointer)
{
	struct symbols *symbols = fixture_open("values");
	struct watch watch;
	char *error = NULL;

	cr_assert(eq(int, symbols_watch(symbols, "u64", &watch, &error), 0));
	cr_expect(not(watch_is_pointer(&watch)));
	watch_fini(&watch);
	symbols_free(symbols);
}

static const char *text_of_bytes(const void *bytes, size_t count)
{
	static char text[64];
	struct value value = value_of_bytes("name", bytes, count);

	cr_expect(eq(str, value.name, "name"));
	snprintf(text, sizeof(text), "%d %s", (int)value.kind, value.text);
	free(value.name);
	free(value.text);
	return text;
}

Test(value, of_bytes_without_a_type_is_a_signed_number_or_hexadecimal)
{
	cr_expect(eq(str, (char *)text_of_bytes("\xfe", 1), "0 -2"));
	cr_expect(eq(str, (char *)text_of_bytes("\1\1", 2), "0 257"));
	cr_expect(eq(str, (char *)text_of_bytes("\0\0\0\x80", 4),
		     "0 -2147483648"));
	cr_expect(
		eq(str,
		   (char *)text_of_bytes("\xff\xff\xff\xff\xff\xff\xff\x7f", 8),
		   "0 9223372036854775807"));
	cr_expect(eq(str, (char *)text_of_bytes("\1\2\xff", 3), "4 0x0102ff"));
}
