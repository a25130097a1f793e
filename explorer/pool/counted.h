/*
 * How many interleavings the executions of a search stand for.
 *
 * Reduction runs one execution of each class; who asks how often something
 * comes out means interleavings. Where there are few states these are counted
 * exactly, by a second search in the process that has ended the first.
 */
#ifndef EXPLORER_POOL_COUNTED_H
#define EXPLORER_POOL_COUNTED_H

#include "pool/pass.h"

/* Fills in outcome.interleavings if that takes few steps; else nothing. The
 * pass has ended, and is complete. */
void counted_add(struct pass *pass);

#endif
