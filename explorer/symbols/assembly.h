/*
 * Where a program has inline assembly that no hook sees: noted by `explorer cc`
 * in a section that is not loaded (cli/assembler.h), "FILE:LINE" each with a
 * final null byte.
 */
#ifndef EXPLORER_SYMBOLS_ASSEMBLY_H
#define EXPLORER_SYMBOLS_ASSEMBLY_H

#include "base/buffer.h"
#include "symbols/symbols.h"

#define ASSEMBLY_SECTION ".explorer.assembly"

/* Appends the notes of all modules, in their order. */
void symbols_assembly(const struct symbols *symbols, struct buffer *ret_notes);

#endif
