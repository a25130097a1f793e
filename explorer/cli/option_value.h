/*
 * The text behind an option: a number, a time, an amount of memory, one of
 * several words, a list of names.
 */
#ifndef EXPLORER_CLI_OPTION_VALUE_H
#define EXPLORER_CLI_OPTION_VALUE_H

#include "cli/options.h"

/* Before the number of an OPTION_BOUND, a word of its own on the command line;
 * here one space stands between them. */
#define OPTION_UP_TO "up-to"

/* Sets the option's field from its text, to which that may point from then on.
 * Returns 0, or -1 after one sentence on standard error. */
int option_set(struct options *options, const struct option_row *row,
	       const char *text);

#endif
