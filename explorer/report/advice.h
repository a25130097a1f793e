/*
 * What to type next.
 */
#ifndef EXPLORER_REPORT_ADVICE_H
#define EXPLORER_REPORT_ADVICE_H

#include "report/terminal.h"

/* A line: the purpose, and the sub-command with the path of a trace, to be
 * copied into a shell. */
void advice_print(const struct terminal *terminal, const char *purpose,
		  const char *subcommand, const char *trace);

#endif
