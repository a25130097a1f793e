/*
 * Parts of stepping that going back needs too.
 */
#ifndef EXPLORER_ENGINE_STEP_H
#define EXPLORER_ENGINE_STEP_H

#include "engine/engine.h"

/* The world has come to rest: what is possible now? */
void step_arrive(struct engine *engine);

/* Threads that can go on silently do, until none is left. */
void step_settle(struct engine *engine);

#endif
