/*
 * `explorer cc`: a drop-in for cc whose programs can be explored.
 *
 *     what the user typed          what is run
 *     cc -O2 -c x.c                gcc -specs=D/explorer-gcc.specs -g -O2 -c
 * x.c -O0 -fno-builtin ... cc x.o -o x                  gcc D/libexplorer.so
 * -Wl,-rpath,D x.o -o x -Wl,-z,now
 *
 * D is the folder of libexplorer.so. The specs file instruments every access
 * to memory as -fsanitize=thread does, without the driver knowing: given to the
 * driver, that flag would link libtsan, whose place libexplorer.so takes.
 */
#ifndef EXPLORER_CLI_CC_H
#define EXPLORER_CLI_CC_H

#include <stdbool.h>
#include <stddef.h>

/* Runs the compiler on argv[1] and on; where argv[0] ends in "c++", the C++
 * compiler. Returns the exit status; may not return at all (exec). */
int cli_cc(int argc, char **argv);

/* Sources to be made an executable, as cc_build() does. */
struct cc_build {
	const char *const *sources; /* as the user gave them */
	size_t source_count;
	const char *cflags; /* --cflags: words, quoted as in a shell; or NULL */
	bool keep_optimisation;
	bool plain; /* cc -O2 -g -pthread, without hooks */
};

/* Compiles the sources, or finds what an earlier call made of the same bytes,
 * flags and compiler in ${XDG_CACHE_HOME:-~/.cache}/explorer. Several processes
 * may do so at once. Returns 0 and the executable's path; -1 after complain()
 * if it could not be had, where the compiler's words are all of *ret_messages.
 * Both strings are the caller's (free()); *ret_messages is always set, "" if
 * the compiler said nothing. */
int cc_build(const struct cc_build *build, char **ret_executable,
	     char **ret_messages);

#endif
