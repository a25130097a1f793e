/*
 * The variables and functions that the ELF symbol table knows.
 */
#ifndef EXPLORER_SYMBOLS_VARIABLE_ELF_H
#define EXPLORER_SYMBOLS_VARIABLE_ELF_H

#include <libelf.h>

#include "symbols/cache.h"
#include "symbols/variable.h"

/* Adds what is not in the table yet. Where it is, the symbol's size makes good
 * what the type does not say: that of an array without bounds. `declared`: see
 * variables_add_dwarf(). */
void variables_add_elf(struct variables *variables, Elf *elf,
		       const struct cache *declared);

#endif
