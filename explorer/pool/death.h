/*
 * How a process that has died counts as an outcome.
 */
#ifndef EXPLORER_POOL_DEATH_H
#define EXPLORER_POOL_DEATH_H

#include "pool/listener.h"
#include "trace/result.h"

/* A crash with the signal as its status; an exit with the exit code, where
 * exit() was got round; or a hang. For HEARD_END. The caller's. */
struct outcome death_outcome(const struct listener *listener);

#endif
