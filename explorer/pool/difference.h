/*
 * What a replay did otherwise than its trace.
 */
#ifndef EXPLORER_POOL_DIFFERENCE_H
#define EXPLORER_POOL_DIFFERENCE_H

#include "pool/follow.h"
#include "pool/pool.h"

/* Compares replay->trace and replay->result with the trace, and fills in
 * whether it was reproduced, or else the first difference: in a listed step, in
 * a hash, in how many steps there were, and last in the outcome and the
 * finding. */
void difference_find(struct replay *replay, const struct trace *expected,
		     const struct followed *followed);

#endif
