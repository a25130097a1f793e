/*
 * What check, sample, native and compare share: from options to a result.
 */
#ifndef EXPLORER_CLI_SEARCH_H
#define EXPLORER_CLI_SEARCH_H

#include "cli/options.h"
#include "pool/pool.h"

/* Takes argv apart and makes the program ready. Returns -1 if a sub-command can
 * go on; else the status that it ends with at once (help was asked for, or
 * something is wrong and was said). */
int search_begin(struct options *options, enum subcommand command, int argc,
		 char **argv, struct program *ret_program);
/* The same for options that have been taken apart: of show --tree. */
int search_open(struct options *options, struct program *ret_program);
void search_end(struct options *options, struct program *program);

/* Each returns 0 with a result, or -1 after complain(). */
int search_check(const struct options *options, const struct program *program,
		 struct result *ret_result);
/* The tree is ended by tree_fini(). */
int search_tree(const struct options *options, const struct program *program,
		struct tree *ret_tree, struct result *ret_result);
int search_sample(const struct options *options, const struct program *program,
		  struct result *ret_result);
int search_native(const struct options *options, const struct program *program,
		  struct result *ret_result);

/* A whole sub-command of one such search; returns its status. */
int search_run(enum subcommand command, int argc, char **argv,
	       int (*search)(const struct options *, const struct program *,
			     struct result *));

#endif
