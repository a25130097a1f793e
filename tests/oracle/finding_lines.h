/*
 * The findings of an answer as lines of text, in the form of enumerate.h.
 */
#ifndef TESTS_ORACLE_FINDING_LINES_H
#define TESTS_ORACLE_FINDING_LINES_H

#include <jansson.h>

/* Sorted, each once, to be freed. */
char *finding_lines(const json_t *answer);

#endif
