/*
 * One run of the compiler, with a second try where C99's inline needs it.
 */
#ifndef EXPLORER_CLI_CC_COMPILE_H
#define EXPLORER_CLI_CC_COMPILE_H

#include "base/buffer.h"
#include "cli/cc_command.h"

/* Compiles or links; what the compiler says is appended to *ret_messages.
 * Returns its exit status, or -1 after complain(). */
int cc_compile(const struct cc_compiler *compiler, const struct cc_parts *parts,
	       const struct cc_arguments *arguments,
	       struct buffer *ret_messages);

#endif
