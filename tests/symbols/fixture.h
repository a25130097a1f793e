/*
 * Programs that the tests of symbols/ look at: compiled from fixtures/ into a
 * folder of their own, which is removed at the end.
 */
#ifndef TESTS_SYMBOLS_FIXTURE_H
#define TESTS_SYMBOLS_FIXTURE_H

#include <stdint.h>

#include "symbols/symbols.h"

/* Makes the folder and removes it: .init and .fini of a test. */
void fixture_begin(void);
void fixture_end(void);

/* The path of a file in the folder. Owned by the caller. */
char *fixture_path(const char *name);

/* Runs the compiler, with "%s" in the arguments standing for the folder of the
 * fixtures wherever it occurs, and makes that file. Returns its path, owned by
 * the caller. Fails the test if it cannot be compiled. */
char *fixture_compile(const char *compiler, const char *name,
		      const char *arguments);

/* The same, with gcc -g -O0. */
char *fixture_build(const char *name, const char *arguments);

/* Builds a fixture of one file, NAME.c, and opens it. */
struct symbols *fixture_open(const char *name);

/* Where something is, by the ELF symbol table. */
uint64_t fixture_address(const char *path, const char *symbol);
uint64_t fixture_bytes(const char *path, const char *symbol);

/* The number of the first line of a fixture that contains the text. */
unsigned fixture_line(const char *name, const char *text);

#endif
