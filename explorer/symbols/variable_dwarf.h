/*
 * The variables that the debug information knows.
 */
#ifndef EXPLORER_SYMBOLS_VARIABLE_DWARF_H
#define EXPLORER_SYMBOLS_VARIABLE_DWARF_H

#include <elfutils/libdw.h>

#include "symbols/cache.h"
#include "symbols/variable.h"

/* Adds every variable that has an address. *declared becomes a map from the
 * names of those that are declared only to a struct variable with file and
 * type: the linker may have given the executable a copy of a library's
 * variable. */
void variables_add_dwarf(struct variables *variables, Dwarf *dwarf,
			 struct cache *declared);
void declared_fini(struct cache *declared);

#endif
