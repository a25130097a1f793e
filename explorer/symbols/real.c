#include "symbols/real.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Is it still the same number when it is read back? Widening loses nothing. */
static bool is_exact(const char *text, enum real_format format,
		     long double number)
{
	switch (format) {
	case REAL_FLOAT:
		return (long double)strtof(text, NULL) == number;
	case REAL_DOUBLE:
		return (long double)strtod(text, NULL) == number;
	case REAL_LONG_DOUBLE:
		break;
	}
	return strtold(text, NULL) == number;
}

static long double read_number(enum real_format format, const void *bytes)
{
	float single;
	double twofold;
	long double extended;

	switch (format) {
	case REAL_FLOAT:
		memcpy(&single, bytes, sizeof(single));
		return single;
	case REAL_DOUBLE:
		memcpy(&twofold, bytes, sizeof(twofold));
		return twofold;
	case REAL_LONG_DOUBLE:
		break;
	}
	memcpy(&extended, bytes, sizeof(extended));
	return extended;
}

bool real_write(char text[REAL_TEXT_BYTES], enum real_format format,
		const void *bytes)
{
	long double number = read_number(format, bytes);

	if (isnan(number)) {
		snprintf(text, REAL_TEXT_BYTES, "NaN");
		return false;
	}
	if (isinf(number)) {
		snprintf(text, REAL_TEXT_BYTES, "%sInfinity",
			 number < 0 ? "-" : "");
		return false;
	}
	for (int digits = 1; digits <= LDBL_DECIMAL_DIG; digits++) {
		snprintf(text, REAL_TEXT_BYTES, "%.*Lg", digits, number);
		if (is_exact(text, format, number))
			break;
	}
	if (!strpbrk(text, ".e"))
		memcpy(text + strlen(text), ".0", sizeof(".0"));
	return true;
}
