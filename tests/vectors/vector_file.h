/*
 * Reads the files of known answers that lie beside this one.
 */
#ifndef TESTS_VECTORS_VECTOR_FILE_H
#define TESTS_VECTORS_VECTOR_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "oracle/small_program.h"

#define PROGRAMS_FILE	"tests/vectors/programs.txt"
#define INCREMENTS_FILE "tests/vectors/increments.tsv"

struct program_vector {
	unsigned number;
	struct small_program program;
	uint64_t interleavings;
	uint64_t traces; /* 0: not given */
	char *outcomes;	 /* as lines_join() writes them */
};

/* All programs of the file; the test fails at a line that makes no sense.
 * Returns how many; program_vectors_free() takes both. */
size_t program_vectors_read(const char *path,
			    struct program_vector **ret_vectors);
void program_vectors_free(struct program_vector *vectors, size_t count);

struct increments_vector {
	unsigned threads;
	unsigned increments;
	uint64_t interleavings; /* 0: not given */
	uint64_t traces;	/* 0: not given */
	uint64_t states;
	uint64_t transitions;
	uint64_t finals;
};

/* All rows of the file, in its order; free() the result. */
size_t increments_vectors_read(const char *path,
			       struct increments_vector **ret_vectors);

#endif
