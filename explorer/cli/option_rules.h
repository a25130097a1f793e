/*
 * Which options go together: what the one kind of search can do and the other
 * cannot, and what excludes each other.
 */
#ifndef EXPLORER_CLI_OPTION_RULES_H
#define EXPLORER_CLI_OPTION_RULES_H

#include <stdbool.h>

#include "cli/options.h"

/* Whether which search to make is left to us. */
bool option_rules_is_auto(const struct options *options);

/* The option, as typed, that only a search over states can honour; NULL if
 * there is none. */
const char *option_rules_states(const struct options *options);

/* The same of a search that runs executions. */
const char *option_rules_reduction(const struct options *options);

/* Returns 0 if they go together, or -1 after complain(). */
int option_rules_check(const struct options *options);

#endif
