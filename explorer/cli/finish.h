/*
 * How a sub-command ends: what is printed last, and the exit status.
 */
#ifndef EXPLORER_CLI_FINISH_H
#define EXPLORER_CLI_FINISH_H

#include "cli/options.h"
#include "report/terminal.h"
#include "trace/result.h"

/* Closes standard output. Returns `status`, or STATUS_TROUBLE after one
 * sentence where not everything could be written. */
int finish_output(int status);

/* The status that check, sample or native ends with, after saying on standard
 * error what has to be said about the result. */
int finish_status(const struct result *result, unsigned accepted);

/* Where to print text, by --color. */
struct terminal finish_terminal(const struct options *options);
/* --format json */
bool finish_is_json(const struct options *options);

/* Prints a result in the wanted format, and returns the exit status. */
int finish_result(const struct options *options, const struct result *result);

#endif
