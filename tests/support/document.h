/*
 * Documents that show commands and what these print: so it is.
 *
 *     ```console
 *     $ explorer check models/counter.c --watch x
 *     models/counter.c  all schedules (dpor): 34 executions ...
 *     ...                                      stands for any lines
 *     ```
 */
#ifndef TESTS_SUPPORT_DOCUMENT_H
#define TESTS_SUPPORT_DOCUMENT_H

/* Behind what it shows. */
#define DOCUMENT_END "\n```\n"

/* The text between the next `begin` and the `end` that follows, to be freed;
 * NULL if there is none. *at moves on to the end. */
char *document_block(const char **at, const char *begin, const char *end);

/* Runs "explorer ..." in the folder, and fails the test named so if a line that
 * is shown is not printed, in that order. How long something took may differ.
 * `console`: from behind "explorer " on, the command and then the lines. */
void document_try(const char *name, const char *folder, const char *console);

#endif
