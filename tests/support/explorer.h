/*
 * The command under test, and what its JSON says.
 *
 * Outcomes are compared as lines of text, one an outcome, so that a test that
 * fails shows both sets as a person would write them:
 *
 *     exit 0 x=2 y=1 "x = 2\n"
 *     deadlock x=0 y=1
 */
#ifndef TESTS_SUPPORT_EXPLORER_H
#define TESTS_SUPPORT_EXPLORER_H

#include <jansson.h>
#include <stdbool.h>

#include "support/run.h"

/* $EXPLORER, or build/explorer; absolute. The test fails if there is none. */
const char *explorer_path(void);
/* SOAK=1 in the environment: the long versions of tests are wanted. */
bool soak(void);
/* Of random programs in `make soak`: $SOAK_PROGRAMS, or so few. */
size_t soak_programs(size_t few);

/* A new folder below build/, for traces and programs; removed with what is in
 * it by scratch_remove(). */
char *scratch_folder(const char *stem);
void scratch_remove(char *folder);
/* Writes a file of the folder; returns its path, to be freed. */
char *scratch_write(const char *folder, const char *name, const char *text);
/* The contents of a file, to be freed; the test fails if it cannot be read. */
char *scratch_read(const char *path);

/* A run of the command, with its JSON (NULL where it printed none). */
struct answer {
	struct run run;
	json_t *json;
};

/* explorer_path() followed by the words. */
void explorer_arguments(struct arguments *arguments, const char *words);
/* Runs it; parses standard output if it is one JSON object. */
void explorer_run(const struct arguments *arguments,
		  const struct run_options *options, struct answer *ret_answer);
/* The same for a space-separated list of words without options. */
void explorer_words(const char *words, struct answer *ret_answer);
void answer_fini(struct answer *answer);

/* Fails the test, showing command, status, and what was printed, unless the
 * status is the expected one and there is a JSON object. */
void answer_expect(const struct answer *answer, int status);
/* The same for answers without JSON: one sentence on standard error, nothing
 * on standard output. Words, if given, must occur in the sentence. */
void answer_expect_refusal(const struct answer *answer, const char *words);

/* A member that must exist: an integer, a string. */
json_int_t answer_integer(const struct answer *answer, const char *name);
const char *answer_string(const struct answer *answer, const char *name);

/* Which parts of an outcome become text. */
enum outcome_parts { OUTCOME_VALUES, OUTCOME_VALUES_AND_OUTPUT };

/* One outcome object as a line without newline, to be freed. Values come in
 * the order of their names. */
char *outcome_line(const json_t *outcome, enum outcome_parts parts);
/* All outcomes of an answer, sorted, each line once, to be freed. */
char *outcome_lines(const json_t *answer, enum outcome_parts parts);

/* Lines of text that are sorted and joined. Zeroed is valid and empty. */
struct lines {
	char **at;
	size_t count;
};

void lines_add(struct lines *lines, char *line); /* takes it over */
bool lines_contain(const struct lines *lines, const char *line);
/* Sorted, each once, each followed by a newline; empties the list. */
char *lines_join(struct lines *lines);
void lines_fini(struct lines *lines);

#endif
