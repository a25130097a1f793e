/*
 * One sentence for each finding and each failure.
 *
 *     T1 reads x in increment() counter.c:14 while T2 writes it in ...
 *     T1 waits for lock b, held by T2, in f() d.c:9; T2 waits for lock a ...
 *     SIGSEGV at address 0x0 (null pointer) in f() a.c:3
 */
#ifndef EXPLORER_POOL_SENTENCE_H
#define EXPLORER_POOL_SENTENCE_H

#include "symbols/symbols.h"
#include "trace/result.h"

/* What there is to say about a failure besides its kind. */
struct failure {
	const char *message; /* the library's: of an assertion ...; or "" */
	const struct source_place *place;
	struct location fault; /* LOCATION_NONE: no address */
	int status;	       /* signal */
};

/* For a finding whose accesses, threads and place are filled in. Owned by the
 * caller. */
char *sentence_of_finding(struct symbols *symbols,
			  const struct finding *finding,
			  const struct failure *failure);

/* The same for one of accesses or of blocks that are lost; NULL for others. */
char *sentence_of_access(const struct finding *finding);

/* The same for an execution's end; NULL for an end that is no failure, or that
 * a finding tells better (deadlock). */
char *sentence_of_end(struct symbols *symbols, enum end_kind end,
		      const struct failure *failure);

/* "x = 3, where x == 4 was expected" */
char *sentence_of_unexpected(const struct outcome *outcome, const char *expect);

#endif
