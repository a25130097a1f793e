/*
 * Floating-point numbers as text.
 */
#ifndef EXPLORER_SYMBOLS_REAL_H
#define EXPLORER_SYMBOLS_REAL_H

#include <stdbool.h>

enum real_format {
	REAL_FLOAT,
	REAL_DOUBLE,
	REAL_LONG_DOUBLE,
};

/* Room for any of them. */
#define REAL_TEXT_BYTES 64

/* Writes the number with the fewest digits that give exactly it when read
 * back, always with a point or an exponent; or "NaN", "Infinity", "-Infinity",
 * and then returns false: these are no decimal fractions. */
bool real_write(char text[REAL_TEXT_BYTES], enum real_format format,
		const void *bytes);

#endif
