/*
 * Functions of C that take or return a struct by value: the compiler announces
 * neither what is read to pass it nor what is written where it comes back.
 */
#ifndef EXPLORER_SYMBOLS_BY_VALUE_H
#define EXPLORER_SYMBOLS_BY_VALUE_H

#include "symbols/symbols.h"

/* Returns how many such functions the executable defines, and the first of
 * them, whose strings live as long as `symbols`. */
size_t symbols_by_value(struct symbols *symbols,
			struct source_place *ret_first);

#endif
