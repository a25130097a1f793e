/*
 * From what the user named to a program that can be run.
 */
#ifndef EXPLORER_CLI_PROGRAM_H
#define EXPLORER_CLI_PROGRAM_H

#include "cli/options.h"
#include "pool/pool.h"

/* Builds the C files that the operands name, or looks at the executable that
 * they name. Returns 0 with *ret_program, which points into the options, and
 * is ended by program_close(); or -1 after one sentence (and the compiler's
 * words). */
int program_open(const struct options *options, const struct strings *operands,
		 struct program *ret_program);
void program_close(struct program *program);

/* Whether two names of a program mean the same one: the last part of their
 * paths, without ".c". */
bool program_is_called(const struct program *program, const char *name);

#endif
