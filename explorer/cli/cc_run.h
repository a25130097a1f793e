/*
 * Running a compiler and hearing what it says.
 */
#ifndef EXPLORER_CLI_CC_RUN_H
#define EXPLORER_CLI_CC_RUN_H

#include "base/buffer.h"
#include "cli/argument_list.h"

/* Runs a command, found along PATH. What it writes to standard output and
 * standard error is appended to the buffers; NULL leaves the stream as it is.
 * Returns its exit status, 128 + N if signal N ended it; -1 after complain()
 * if it could not be started. */
int cc_run(const struct argument_list *command, struct buffer *ret_output,
	   struct buffer *ret_messages);

/* Becomes the command; returns only if it could not, after complain(). */
void cc_exec(const struct argument_list *command);

#endif
