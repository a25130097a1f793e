/*
 * Programs that tests need in a form of their own: built by `explorer cc`, by
 * the compiler alone, wrongly.
 */
#ifndef TESTS_SUPPORT_BUILT_H
#define TESTS_SUPPORT_BUILT_H

/* Runs a compiler, whose words end with "-o", on a source; returns the path of
 * folder/name, to be freed. The test fails if it does not compile. */
char *built(const char *compiler, const char *source, const char *folder,
	    const char *name);
/* The same with `explorer cc -g -pthread`. */
char *built_by_explorer(const char *source, const char *folder,
			const char *name);

#endif
