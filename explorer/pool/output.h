/*
 * What a native run writes: its beginning is kept, all of it is digested as
 * the library digests captured output.
 */
#ifndef EXPLORER_POOL_OUTPUT_H
#define EXPLORER_POOL_OUTPUT_H

#include <stdbool.h>

#include "base/buffer.h"
#include "trace/result.h"

struct output_digest;

/* Invariant: kept holds the first OUTPUT_KEPT bytes of `total`. */
struct output {
	int pipe; /* to read from, without waiting */
	bool is_at_end;
	struct buffer kept;
	uint64_t total;
	struct output_digest *digest;
};

void output_init(struct output *output, int pipe);
/* Closes the pipe. */
void output_fini(struct output *output);

/* Takes what is there now. */
void output_read(struct output *output);

/* Moves it into the outcome. */
void output_give(struct output *output, struct outcome *outcome);

#endif
