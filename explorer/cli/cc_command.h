/*
 * The command line that a compiler is started with: the user's, and what makes
 * the program one that can be explored.
 */
#ifndef EXPLORER_CLI_CC_COMMAND_H
#define EXPLORER_CLI_CC_COMMAND_H

#include <stdbool.h>

#include "cli/argument_list.h"
#include "cli/cc_arguments.h"

/* The compiler that does the work. */
struct cc_compiler {
	struct argument_list command; /* "gcc", or "ccache clang" */
	bool is_clang;
};

/* Finds what EXPLORER_CC says, else gcc; for C++ what EXPLORER_CXX says, else
 * the C compiler's companion. Returns 0; -1 after complain(). */
int cc_compiler_find(bool cplusplus, struct cc_compiler *ret_compiler);
void cc_compiler_fini(struct cc_compiler *compiler);

/* What is ours and goes into every program. */
struct cc_parts {
	char *library;
	char *folder; /* of the library */
	char *specs;  /* for gcc */
};

/* Returns 0; -1 after complain(). */
int cc_parts_find(struct cc_parts *ret_parts);
void cc_parts_fini(struct cc_parts *parts);

/* <explorer.h>, unless the program has one of its own. */
void cc_add_header(struct argument_list *command, const struct cc_parts *parts);

/* Puts together what is to be run; appends to an empty list. */
void cc_command(const struct cc_compiler *compiler,
		const struct cc_parts *parts,
		const struct cc_arguments *arguments,
		struct argument_list *ret_command);

#endif
