/*
 * Every interleaving of a small program, run one by one: the oracle. It shares
 * no code with the explorer, saves nothing and prunes nothing.
 *
 * A thread moves from one visible operation to the next; what is private (a
 * skip, an access to a variable that is not in the visible set) is done on the
 * way. A wait and a barrier are two operations each.
 */
#ifndef TESTS_ORACLE_ENUMERATE_H
#define TESTS_ORACLE_ENUMERATE_H

#include <stdbool.h>
#include <stdint.h>

#include "oracle/small_program.h"
#include "support/explorer.h"

#define ENUMERATE_UNBOUNDED UINT32_MAX
/* x and y are both visible. */
#define ENUMERATE_ALL_VISIBLE 3U

struct enumeration {
	uint32_t visible;     /* set of variables: bit 0 is x, bit 1 is y */
	uint32_t preemptions; /* or ENUMERATE_UNBOUNDED */
	uint64_t limit;	      /* of interleavings; 0: none */

	/* Results. */
	bool limit_reached;
	uint64_t interleavings;
	struct lines outcomes; /* as support/explorer.h writes them, output
				* only if the program prints */
	uint32_t touched;      /* variables that some thread accesses */
	uint32_t readers[2];   /* of each variable: set of threads */
	uint32_t writers[2];
};

/* Sets the results; the first three fields say what to do. */
void enumerate(const struct small_program *program,
	       struct enumeration *enumeration);
void enumeration_fini(struct enumeration *enumeration);

/* The variables that two threads touch, one of them writing: what a search
 * learns to be visible once it has seen these accesses. */
uint32_t enumeration_conflicts(const struct enumeration *enumeration);

/*
 * What a search ends with that learns what is visible in rounds, from nothing:
 * the last round's enumeration. enumeration->visible is a result here.
 */
void enumerate_learning(const struct small_program *program,
			struct enumeration *enumeration);

#endif
