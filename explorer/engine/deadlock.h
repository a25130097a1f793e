/*
 * Deadlocks: no thread can move; or some wait for each other in a cycle, or
 * for a lock whose owner has ended, while the rest goes on.
 */
#ifndef EXPLORER_ENGINE_DEADLOCK_H
#define EXPLORER_ENGINE_DEADLOCK_H

#include "engine/engine.h"

/* A thread has just come to wait, or has ended: sees whether that closes a
 * cycle of owners, itself alone included, or leaves somebody waiting for a
 * lock whose owner has ended. */
void deadlock_check(struct engine *engine, const struct thread *thread);

/* This step has let some wait for a lock again: likewise. */
void deadlock_check_woken(struct engine *engine);

/* No thread can move: the execution ends so. */
void deadlock_end(struct engine *engine);

#endif
