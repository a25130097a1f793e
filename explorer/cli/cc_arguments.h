/*
 * What a compiler's command line asks for.
 *
 * Only as much of it is understood as decides what has to be added: whether
 * it compiles, links, or only asks; everything else is passed on untouched.
 */
#ifndef EXPLORER_CLI_CC_ARGUMENTS_H
#define EXPLORER_CLI_CC_ARGUMENTS_H

#include <stdbool.h>

#include "cli/argument_list.h"

struct cc_arguments {
	/* The user's words, response files read in, what was meant for us or
	 * would get in our way left out. */
	struct argument_list words;
	bool has_inputs;	/* else it only asks: --version, -print-... */
	bool has_sources;	/* something that is to be compiled */
	bool reads_input;	/* "-": cannot be run a second time */
	bool links;		/* makes an executable or a shared library */
	bool is_static;		/* -static, -static-pie */
	bool has_debug;		/* some -g of its own */
	bool has_colour;	/* -fdiagnostics-color... */
	bool keep_optimisation; /* --keep-optimisation */
	bool asked_for_tsan;	/* -fsanitize=thread, left out */
};

/* Reads argv[0..]; the name of the program is none of it. */
void cc_arguments_read(char *const *argv, struct cc_arguments *ret_arguments);
void cc_arguments_fini(struct cc_arguments *arguments);

#endif
