/*
 * What the parts of the pool gathered, as the struct result that is reported.
 */
#ifndef EXPLORER_POOL_SUMMARY_H
#define EXPLORER_POOL_SUMMARY_H

#include "pool/merge.h"
#include "pool/pool.h"

/* A result that says only which program it is about. */
struct result summary_begin(enum command_kind command,
			    const struct program *program);

/* Moves outcomes and findings into the result, sorts them, and decides. */
void summary_end(struct result *result, struct merged *merged);

#endif
