/*
 * Small programs as C: one file for many, so that hundreds are compiled at
 * once. The executable takes the program's number as its argument.
 *
 * The visible operations of the C program are exactly the listed ones: x and y
 * are globals, registers are locals whose address nobody takes, and the
 * threads' bodies call nothing else. It also builds with cc -pthread.
 */
#ifndef TESTS_VECTORS_PROGRAM_SOURCE_H
#define TESTS_VECTORS_PROGRAM_SOURCE_H

#include "oracle/small_program.h"

/* Writes what stands before all programs. */
void program_source_begin(FILE *file);
/* Writes one program. number: different for each. */
void program_source_add(FILE *file, unsigned number,
			const struct small_program *program);
/* Writes main. numbers: those that were added. */
void program_source_end(FILE *file, const unsigned *numbers, size_t count);

#endif
