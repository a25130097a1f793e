/*
 * Every interleaving of a small program, run one by one: the oracle. It shares
 * no code with the explorer, saves nothing and prunes nothing.
 */
#ifndef TESTS_ORACLE_ENUMERATE_H
#define TESTS_ORACLE_ENUMERATE_H

#include <stdbool.h>
#include <stdint.h>

#include "oracle/small_program.h"
#include "oracle/walk.h"
#include "support/explorer.h"

#define ENUMERATE_UNBOUNDED UINT32_MAX
/* x and y are both visible. */
#define ENUMERATE_ALL_VISIBLE 3U

/* Of x and y, values below this are noted in each state. */
#define ENUMERATE_SEEN 3U

struct touch;

struct enumerated_cost {
	unsigned switches;
	unsigned operations;
};

/*
 * Findings are lines of text, with places as lines of the C that is made of the
 * program (vectors/program_source.h):
 *
 *     data-race 101 205
 *     deadlock 103 206 main
 *     abort 102
 */
struct enumeration {
	uint32_t visible;     /* set of variables: bit 0 is x, bit 1 is y */
	uint32_t preemptions; /* or ENUMERATE_UNBOUNDED */
	uint64_t limit;	      /* of interleavings; 0: none */
	bool plain;	      /* operations depend as with --dependence plain */
	unsigned timeouts;    /* of each thread */
	unsigned spurious;    /* wake-ups */

	/* Results. */
	bool limit_reached;
	uint64_t interleavings;
	struct lines outcomes; /* as support/explorer.h writes them, output
				* only if the program prints */
	/* Of each outcome: the fewest switches between threads, main being the
	 * first to run, and with these the fewest operations. */
	struct enumerated_cost *costs;
	/* Mazurkiewicz traces: classes of interleavings. */
	uint64_t traces;
	/* Two interleavings of a class ended differently: what walk.h says of
	 * dependence is wrong. */
	bool traces_are_wrong;
	/* Findings but races; races of accesses that are pending at a time;
	 * and of those that nothing orders. */
	struct lines failures;
	struct place_pairs pending_races;
	struct place_pairs unordered_races;
	/* Variables that two threads access, one of them writing, in either
	 * order as far as create and join tell. */
	uint32_t conflicts;
	/* Whether x and y had these values in some state. */
	bool seen[ENUMERATE_SEEN][ENUMERATE_SEEN];

	struct touch *touches;
	size_t touch_count;
};

/* Sets the results; the first fields say what to do. */
void enumerate(const struct small_program *program,
	       struct enumeration *enumeration);
void enumeration_fini(struct enumeration *enumeration);

/* The failures and these races as text, sorted, to be freed. */
char *enumeration_findings(const struct enumeration *enumeration,
			   const struct place_pairs *races);

/*
 * What a search ends with that learns what is visible in rounds, from nothing:
 * the last round's enumeration. enumeration->visible is a result here.
 */
void enumerate_learning(const struct small_program *program,
			struct enumeration *enumeration);

#endif
