/*
 * A small concurrent program as a list of operations for each thread: what the
 * vectors describe, what the generators draw, what the enumerator runs, and
 * what becomes C.
 *
 * Threads that no other creates start together. main joins those of them that
 * nobody else joins or detaches, and exits. x, y, z0 to z5 (neighbours
 * in memory), the semaphore and each thread's registers a and b are 0. Besides
 * the operations of vectors/README.md there are
 *
 *     load x a            atomic, as are store and compare
 *     store x a+1
 *     compare x 1 2 b     x := 2 if x = 1; b := whether it was
 *     copy z3 z0 2        two neighbours from z0 on to z3 and on: memmove
 *     assign z3 z0        three of them: one struct to another
 *     fill z0 2 1         each byte of the two := 1
 *     sem_trywait s b     b := 1 if the semaphore was taken, else 0
 *     sem_value s a       a := the semaphore's value
 *     output a+1          prints the register plus a constant, and a semicolon
 *     error a+1           the same on standard error
 *     lock r              the third lock, r, is recursive; p is a spin lock
 *     lock l              locks the read-write lock for writing
 *     rdlock l            for reading; unlock gives back either
 *     tryrdlock l b       b := 1 if that was possible, else 0
 *     once o              prints 7 once
 *     barrier_serial B a  a := 1 for one of those who meet, else 0
 *     create 2            thread 2 begins; at most once in a program
 *     join 2              waits for its end; at most one thread does
 *     detach 2
 *     exit 3              ends the process
 *     abort
 *     fence acquire       or release, or both
 *     cancel 0            a thread that main creates before this one
 *     testcancel
 *     choose a 3          a := 0, 1 or 2
 *     clock               reads the clock
 *     spin x              waits in a loop until x, which nobody sets to 0
 *                         again, is not 0
 *     section 2           does the two operations that follow, accesses both,
 *                         at one go
 *
 * load, store and fetch_add may be preceded by `relaxed`: their memory order;
 * wait, lock, rdlock and sem_wait by `timed_a` or `timed_b`: that register then
 * is 1 if they timed out, else 0.
 */
#ifndef TESTS_ORACLE_SMALL_PROGRAM_H
#define TESTS_ORACLE_SMALL_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define SMALL_THREADS_MAX    4
#define SMALL_OPERATIONS_MAX 16
#define SMALL_VARIABLES	     8
#define SMALL_MUTEXES	     5
/* The mutex that its owner may lock again, the spin lock, and the read-write
 * lock, for which lock is to lock it for writing. */
#define SMALL_RECURSIVE 2
#define SMALL_SPIN_LOCK 3
#define SMALL_RWLOCK	4
/* The first of those that are neighbours, and how many a struct has. */
#define SMALL_NEIGHBOURS 2
#define SMALL_STRUCT	 3

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
	SMALL_BARRIER_SERIAL,
	SMALL_RDLOCK,
	SMALL_TRYRDLOCK,
	SMALL_ONCE,
	SMALL_OUTPUT,
	SMALL_SKIP_IF_ZERO,
	SMALL_SKIP_IF_NONZERO,
	SMALL_LOAD,
	SMALL_STORE,
	SMALL_COMPARE,
	SMALL_COPY,
	SMALL_ASSIGN,
	SMALL_FILL,
	SMALL_ERROR,
	SMALL_CREATE,
	SMALL_JOIN,
	SMALL_DETACH,
	SMALL_EXIT,
	SMALL_ABORT,
	SMALL_FENCE,
	SMALL_CANCEL,
	SMALL_TESTCANCEL,
	SMALL_CHOOSE,
	SMALL_CLOCK,
	SMALL_SPIN,
	SMALL_SECTION,
	SMALL_KINDS
};

enum small_fence {
	SMALL_FENCE_ACQUIRE,
	SMALL_FENCE_RELEASE,
	SMALL_FENCE_BOTH,
};

/* The register of an operand that is a constant alone. */
#define SMALL_NO_REGISTER (-1)

struct small_operation {
	enum small_kind kind;
	unsigned object; /* variable x, y, z0 ..: 0 ..; lock m, n, r, p, l:
			  * 0 ..; thread; enum small_fence; else 0 */
	unsigned mutex;	 /* of a wait */
	int reg;	 /* 0: a, 1: b, or SMALL_NO_REGISTER */
	int constant;	 /* added or stored; operations to skip; status; of
			  * how many one is chosen */
	int expected;	 /* by a compare */
	unsigned source; /* variable that is copied from */
	unsigned count;	 /* of neighbours */
	bool relaxed;
	bool timed;
};

struct small_thread {
	struct small_operation at[SMALL_OPERATIONS_MAX];
	unsigned length;
};

struct small_program {
	struct small_thread threads[SMALL_THREADS_MAX];
	unsigned count;
	unsigned parties; /* who meet at the barrier; 0: two */
	bool main_leaves; /* by pthread_exit, instead of joining */
	bool alike;	  /* threads that do the same run the same C function */
};

/* Reads the text after "thread T: ". False if it is malformed. */
bool small_thread_parse(const char *text, struct small_thread *ret_thread);
/* The same text again. */
void small_program_print(FILE *file, const struct small_program *program);

/* Sets of kinds. */
#define SMALL_BIT(kind) (UINT64_C(1) << (kind))
unsigned small_program_parties(const struct small_program *program);
uint64_t small_program_kinds(const struct small_program *program);
/* Set of the variables that some operation accesses. */
uint32_t small_program_variables(const struct small_program *program);
/* The variables that an operation reads, and those that it writes. */
uint32_t small_operation_reads(const struct small_operation *operation);
uint32_t small_operation_writes(const struct small_operation *operation);
/* "x", "z3" */
const char *small_variable_name(unsigned variable);
/* What main does besides: creates, joins, and exits. */
void small_program_main(const struct small_program *program,
			struct small_thread *ret_main);
/* Kinds that print. */
#define SMALL_KINDS_PRINTING                                                   \
	(SMALL_BIT(SMALL_OUTPUT) | SMALL_BIT(SMALL_ERROR) |                    \
	 SMALL_BIT(SMALL_ONCE))

#endif
