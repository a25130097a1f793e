/*
 * Small programs as C: one file for many, so that hundreds are compiled at
 * once. The executable takes the program's number as its argument.
 *
 * Lines are numbered from 100 on in thread 0, 200 in thread 1 and so on. The
 * visible operations of the C program are exactly the listed ones: x, y
 * and z are globals, registers are locals whose address nobody takes, and the
 * threads' bodies call nothing else. It also builds with cc -pthread.
 */
#ifndef TESTS_VECTORS_PROGRAM_SOURCE_H
#define TESTS_VECTORS_PROGRAM_SOURCE_H

#include "oracle/small_program.h"

/* The line that an operation stands on, by its place (oracle/walk.h); and, as
 * text to be freed, by thread and number: "main" for all of main's. */
unsigned program_source_line(unsigned place);
char *program_source_place(unsigned thread, unsigned operation);
/* "x", "z[3]" */
const char *program_source_variable(unsigned variable);

/* Writes what stands before all programs. */
void program_source_begin(FILE *file);
/* Writes one program. number: different for each. */
void program_source_add(FILE *file, unsigned number,
			const struct small_program *program);
/* Writes main. numbers: those that were added. */
void program_source_end(FILE *file, const unsigned *numbers, size_t count);

#endif
