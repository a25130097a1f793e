/*
 * What stands in front of the assembler where `explorer cc` compiles with GCC.
 *
 *     gcc -B FOLDER --> FOLDER/as --> cli_assembler() --> as
 *
 * Inline assembly is seen by no hook. The compiler marks it in what it hands to
 * the assembler, with the lines of the source; where it does more than to wait
 * or to compute in registers, its place is noted in a section of the object
 * that is not loaded (symbols/assembly.h). The linker puts these together, and
 * a search reads them.
 */
#ifndef EXPLORER_CLI_ASSEMBLER_H
#define EXPLORER_CLI_ASSEMBLER_H

#include <stddef.h>

#include "base/buffer.h"

/* Appends what is to be added to an assembler text, that is the compiler's
 * own: the section with the notes; nothing if there is nothing to be noted. */
void assembler_note(const char *text, size_t length, struct buffer *ret_notes);

/* Called in place of the assembler. Returns only if that cannot be run. */
int cli_assembler(char **argv);

#endif
