/*
 * What is said of a process that has died: its outcome, the schedule that it
 * died of, and where that was.
 */
#ifndef EXPLORER_POOL_DEATH_H
#define EXPLORER_POOL_DEATH_H

#include "pool/listener.h"
#include "trace/result.h"
#include "trace/trace.h"

/* A crash with the signal as its status; an exit with the exit code, where
 * exit() was got round; or a hang. For HEARD_END. The caller's. */
struct outcome death_outcome(const struct listener *listener);

/* Whether the memory is as the library leaves it. A program may write anywhere.
 */
bool death_is_recorded(const struct shared *shared);

/* The schedule that it left in shared memory, its last step the fatal one, with
 * that outcome: for the next process. Empty if there is no telling. The
 * caller's. */
struct fatal death_fatal(const struct shared *shared,
			 const struct outcome *outcome);

/* Fills in the place of a death that has none: that of the last step of the
 * thread that moved last in the trace. */
void death_locate(struct finding *finding, const struct trace *trace);

#endif
