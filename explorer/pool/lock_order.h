/*
 * Lock-order inversions: they come as findings, and are reported as warnings,
 * since no execution went wrong.
 */
#ifndef EXPLORER_POOL_LOCK_ORDER_H
#define EXPLORER_POOL_LOCK_ORDER_H

#include "pool/hunt.h"
#include "pool/merge.h"

/*
 * "lock-order inversion: T1 takes lock b in f() d.c:9 while it holds lock a,
 * taken in f() d.c:8; T2 ...". The finding's threads are two for each half:
 * what is taken, and what is held.
 */
char *lock_order_sentence(const struct finding *finding);

/* Of what was found, drops inversions that the last round did not see: with
 * less memory visible less is known of what orders threads. */
void lock_order_drop_old(struct found *found);

/* Moves them from the findings to the warnings, but for those that a deadlock
 * tells of. */
void lock_order_warn(struct merged *merged, struct hunt *hunt);

#endif
