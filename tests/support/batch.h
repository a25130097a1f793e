/*
 * Many small programs in one executable built by `explorer cc`, and the search
 * of one of them.
 */
#ifndef TESTS_SUPPORT_BATCH_H
#define TESTS_SUPPORT_BATCH_H

#include <stddef.h>
#include <stdint.h>

#include "oracle/small_program.h"
#include "support/explorer.h"

struct batch {
	char *folder;
	char *executable;
};

/* Compiles programs[i] under the number i. */
void batch_build(const struct small_program *programs, size_t count,
		 struct batch *ret_batch);
void batch_fini(struct batch *batch);

/* check or sample, watching x and y, as JSON. Any verdict will do; the test
 * fails where there is no JSON. options: more of them, or "". */
void batch_run(const struct batch *batch, const char *command,
	       const char *options, unsigned number, struct answer *ret_answer);

#endif
