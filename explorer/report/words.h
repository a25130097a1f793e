/*
 * Numbers, places and outcomes in words: the phrases that several reports
 * share.
 */
#ifndef EXPLORER_REPORT_WORDS_H
#define EXPLORER_REPORT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "trace/result.h"

/* A short text by value, so that words_count(n).text may stand among the
 * arguments of a printf. */
struct phrase {
	char text[96];
};

/* "1,234,567" */
struct phrase words_count(uint64_t count);
/* "1 run", "1,234 runs" */
struct phrase words_counted(uint64_t count, const char *singular,
			    const char *plural);
/* "1,200 to 12,000", "4.1 million to 41 million", "3.1x10^20 to 3.1x10^21" */
struct phrase words_guess(const struct guess *guess);
/* What a search has gone through: "1,234 executions", "5,678 states". */
struct phrase words_explored(const struct result *result);
/* "70 interleavings"; empty if they were not counted, or are the executions. */
struct phrase words_interleavings(const struct result *result);
/* "1,234", "9.72 x 10^34" */
struct phrase words_large(double number);
/* "0.01 s", "12 s", "3 min 20 s" */
struct phrase words_seconds(double seconds);
/* "3.6 %", of a whole that is not 0; what is not nothing is at least "<0.1 %",
 * and only all is "100 %" */
struct phrase words_share(uint64_t part, uint64_t whole);
/* "3.6 %", "2e-31 %" */
struct phrase words_fraction(double fraction);

/* Appends "increment() counter.c:14", "counter.c:14", "increment()"; or
 * "an unknown place". */
void words_place(struct buffer *text, const struct source_place *place);

/* Appends bytes in a form that is safe on any terminal: control characters and
 * what is not UTF-8 as in C ("\n", "\033"), at most `columns_max` columns,
 * with dots where something was left out. */
void words_escaped(struct buffer *text, const void *bytes, size_t length,
		   size_t columns_max);

/* Appends the arguments as one would type them in a shell, each after a
 * space. */
void words_arguments(struct buffer *text, char *const *arguments, size_t count);
/* Appends one argument, quoted if a shell needs that. */
void words_quoted(struct buffer *text, const char *argument);

/* "exits", "deadlock", "failed assertion", "crash" ... */
const char *words_end(enum end_kind end);
/* "data race", "data races" ... */
const char *words_finding(enum finding_kind kind, bool plural);
/* The name of a signal, "SIGSEGV", or "signal 99". */
struct phrase words_signal(int number);

/* Appends "x = 2, y = 3": the values of an outcome. */
void words_values(struct buffer *text, const struct outcome *outcome);
/* Appends how an execution ended, without its output: "x = 2",
 * "crash (SIGSEGV), x = 2", "exit status 3", "deadlock". */
void words_ending(struct buffer *text, const struct outcome *outcome);

#endif
