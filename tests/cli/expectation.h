/*
 * What a program's opening comment says must be found in it; the lines are
 * described in tests/programs/README.md.
 */
#ifndef TESTS_CLI_EXPECTATION_H
#define TESTS_CLI_EXPECTATION_H

#include "support/explorer.h"

struct expectation {
	char *text; /* the whole source: marks are looked up in it */
	struct lines watches;
	struct lines options;
	struct lines arguments;
	struct lines command; /* "check" if empty */
	struct lines flags;
	char *verdict;
	int status; /* -1: what follows from the verdict */
	struct lines incomplete;
	struct lines outcomes;
	int outcome_count;   /* -1: not said */
	struct lines output; /* "begins ..." */
	struct lines lost;
	struct lines findings;
	struct lines blocked;
	struct lines warnings;
	long long executions; /* -1: not said */
	int case_number;      /* which case this is of, from 1 */
	int case_count;	      /* 0: the program is run once */
};

/* Reads the comment of a source file; the test fails at a line that has the
 * form of a fact but is none. Where the comment has cases: of the first. */
void expectation_read(const char *path, struct expectation *ret_expectation);
/* What holds in the case of that number, from 1: what is said before the first
 * case, and what is said in this one. */
void expectation_read_case(const char *path, int number,
			   struct expectation *ret_expectation);
void expectation_fini(struct expectation *expectation);

/* Compares an answer with it and appends a sentence to *wrong for each
 * difference. */
void expectation_check(const struct expectation *expectation,
		       const struct answer *answer, struct lines *wrong);

/* Whether an outcome object is what an "Outcome" line says. */
bool outcome_is(const json_t *outcome, const char *line);

#endif
