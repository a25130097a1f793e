/*
 * Searches and runs of the fake child.
 */
#ifndef TESTS_POOL_RUN_H
#define TESTS_POOL_RUN_H

#include "pool/pool.h"

/* The fake child as a program under test, playing `scenario`. */
struct program fake_program(const char *scenario);
void fake_program_fini(struct program *program);

/* What most tests search with: fake_x is watched, no traces are written. */
struct search fake_search(void);

/* Searches; the test fails if there is no result. */
struct result search_scenario(const char *scenario,
			      const struct search *search);

/* The outcome with fake_x = x; with that end. NULL if there is none. */
const struct outcome *outcome_with(const struct result *result, const char *x);
const struct outcome *outcome_ending(const struct result *result,
				     enum end_kind end);
/* The findings of that kind, and one of them. */
size_t finding_count(const struct result *result, enum finding_kind kind);
const struct finding *finding_of(const struct result *result,
				 enum finding_kind kind);

/* A folder for traces, and its end. */
char *folder_new(void);
void folder_free(char *folder);

#endif
