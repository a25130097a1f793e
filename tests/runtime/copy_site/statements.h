/* The statements that program.c runs, one function each. */
#ifndef TESTS_RUNTIME_COPY_SITE_STATEMENTS_H
#define TESTS_RUNTIME_COPY_SITE_STATEMENTS_H

#include <stddef.h>

struct statement {
	const char *source;
	/* The hooks that it calls at -O0, one letter each: r a read, w a write
	 * that is done at once, C a write that begins a copy. */
	const char *hooks;
	void (*run)(void);
};

const struct statement *statements_all(size_t *ret_count);

/* All the memory that they copy from and to. */
void statements_memory(char **ret_begin, char **ret_end);

#endif
