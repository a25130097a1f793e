/*
 * Leaks: blocks that the program has lost when it exits, as findings of the
 * execution, one for each place that allocated some.
 */
#ifndef EXPLORER_ENGINE_LEAK_H
#define EXPLORER_ENGINE_LEAK_H

#include "engine/engine.h"

/* The thread is about to end the process, handlers and all. */
void leak_find(struct engine *engine, const struct thread *thread);

#endif
