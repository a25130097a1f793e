/*
 * A small concurrent program as a list of operations for each thread: what the
 * vectors describe, what the generator draws, what the enumerator runs, and
 * what becomes C.
 *
 * All threads start together; x, y, the semaphore and each thread's registers
 * a and b are 0. Besides the operations of vectors/README.md there are
 *
 *     sem_trywait s b     b := 1 if the semaphore was taken, else 0
 *     sem_value s a       a := the semaphore's value
 *     output a+1          prints the register plus a constant, and a semicolon
 */
#ifndef TESTS_ORACLE_SMALL_PROGRAM_H
#define TESTS_ORACLE_SMALL_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define SMALL_THREADS_MAX    4
#define SMALL_OPERATIONS_MAX 16

enum small_kind {
	SMALL_READ,
	SMALL_WRITE,
	SMALL_FETCH_ADD,
	SMALL_LOCK,
	SMALL_UNLOCK,
	SMALL_TRYLOCK,
	SMALL_WAIT,
	SMALL_SIGNAL,
	SMALL_BROADCAST,
	SMALL_SEM_WAIT,
	SMALL_SEM_POST,
	SMALL_SEM_TRYWAIT,
	SMALL_SEM_VALUE,
	SMALL_BARRIER,
	SMALL_OUTPUT,
	SMALL_SKIP_IF_ZERO,
	SMALL_SKIP_IF_NONZERO,
	SMALL_KINDS
};

/* The register of an operand that is a constant alone. */
#define SMALL_NO_REGISTER (-1)

struct small_operation {
	enum small_kind kind;
	unsigned object; /* variable x, y; mutex m, n: 0, 1; else 0 */
	unsigned mutex;	 /* of a wait */
	int reg;	 /* 0: a, 1: b, or SMALL_NO_REGISTER */
	int constant;	 /* added or stored; operations to skip */
};

struct small_thread {
	struct small_operation at[SMALL_OPERATIONS_MAX];
	unsigned length;
};

struct small_program {
	struct small_thread threads[SMALL_THREADS_MAX];
	unsigned count;
};

/* Reads the text after "thread T: ". False if it is malformed. */
bool small_thread_parse(const char *text, struct small_thread *ret_thread);
/* The same text again. */
void small_program_print(FILE *file, const struct small_program *program);

/* Set of 1 << enum small_kind. */
uint32_t small_program_kinds(const struct small_program *program);
/* The kinds that need condition variables or barriers. */
#define SMALL_KINDS_LATER                                                      \
	(1U << SMALL_WAIT | 1U << SMALL_SIGNAL | 1U << SMALL_BROADCAST |       \
	 1U << SMALL_BARRIER)

#endif
