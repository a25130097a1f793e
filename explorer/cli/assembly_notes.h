/*
 * Where a text for the assembler does what no hook sees: inline assembly, as
 * compilers mark it, and what people have written as a whole (assembler.h).
 */
#ifndef EXPLORER_CLI_ASSEMBLY_NOTES_H
#define EXPLORER_CLI_ASSEMBLY_NOTES_H

#include <stddef.h>

#include "base/buffer.h"

/* Appends what is to be added to an assembler text, of which a null byte comes
 * behind the end: the section with the notes; nothing if there is nothing to be
 * noted. `file` is where it comes from. */
void assembler_note(const char *file, const char *text, size_t length,
		    struct buffer *ret_notes);

#endif
