/*
 * Runs a few lines of shell in a folder of their own, where `cc` is
 * `explorer cc`: what a user types is what stands in the test.
 */
#ifndef TESTS_SUPPORT_SHELL_H
#define TESTS_SUPPORT_SHELL_H

#include "support/run.h"

/* A new folder below build/ with the given file in it; scratch_remove() ends
 * it. */
char *shell_folder(const char *name, const char *text);

/* Runs the script with `set -e`. Besides cc, "$EXPLORER" is the command and
 * "$TOP" the project's folder. */
void shell_run(const char *folder, const char *script, struct run *ret_run);

/* The script must succeed and print exactly this. */
void shell_prints(const char *folder, const char *script, const char *expected);

/* The script must succeed, and this must occur in what it prints; or not. */
void shell_mentions(const char *folder, const char *script, const char *words);
void shell_never_mentions(const char *folder, const char *script,
			  const char *words);

/* The script must end with this status, and what it says on standard error
 * must contain the words. */
void shell_fails(const char *folder, const char *script, int status,
		 const char *words);

#endif
