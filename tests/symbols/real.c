#include "symbols/real.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"

static void check_double(double number, const char *expected)
{
	char text[REAL_TEXT_BYTES];

	real_write(text, REAL_DOUBLE, &number);
	cr_expect(eq(str, text, (char *)expected));
}

Test(real, has_the_fewest_digits_that_do)
{
	char text[REAL_TEXT_BYTES];
	float tenth = 0.1F;
	long double third = 1.0L / 3;

	check_double(0.1, "0.1");
	check_double(0.1 + 0.2, "0.30000000000000004");
	check_double(1e100, "1e+100");
	check_double(DBL_TRUE_MIN, "5e-324");
	cr_expect(real_write(text, REAL_FLOAT, &tenth));
	cr_expect(eq(str, text, "0.1"));
	cr_expect(real_write(text, REAL_LONG_DOUBLE, &third));
	cr_expect(strtold(text, NULL) == third);
	cr_expect(gt(sz, strlen(text), strlen("0.3333333333333333")));
}

Test(real, looks_like_a_fraction)
{
	check_double(0, "0.0");
	check_double(-0.0, "-0.0");
	check_double(2, "2.0");
	check_double(-123456, "-123456.0");
}

Test(real, is_no_fraction_if_it_is_no_number)
{
	char text[REAL_TEXT_BYTES];
	float nan = NAN;
	double infinity = INFINITY;
	long double minus = -INFINITY;

	cr_expect(not(real_write(text, REAL_FLOAT, &nan)));
	cr_expect(eq(str, text, "NaN"));
	cr_expect(not(real_write(text, REAL_DOUBLE, &infinity)));
	cr_expect(eq(str, text, "Infinity"));
	cr_expect(not(real_write(text, REAL_LONG_DOUBLE, &minus)));
	cr_expect(eq(str, text, "-Infinity"));
}

Test(real, is_the_same_when_read_back)
{
	struct random random;

	random_seed(&random, 1);
	for (int i = 0; i < 20000; i++) {
		uint64_t bits = random_next(&random);
		char text[REAL_TEXT_BYTES];
		double number;

		memcpy(&number, &bits, sizeof(number));
		if (real_write(text, REAL_DOUBLE, &number))
			cr_assert(strtod(text, NULL) == number, "%s", text);
	}
}
