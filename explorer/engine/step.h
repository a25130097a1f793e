/*
 * Parts of stepping that others need, too.
 */
#ifndef EXPLORER_ENGINE_STEP_H
#define EXPLORER_ENGINE_STEP_H

#include "engine/engine.h"

/* The world has come to rest: what is possible now? */
void step_arrive(struct engine *engine);

/* Threads that can go on silently do, until none is left. */
void step_settle(struct engine *engine);

/* engine_step() in two: after the first its thread has come to where it waits;
 * those that it has let go on have not yet, and who races and what is possible
 * now is not known before the second. */
void step_perform(struct engine *engine, struct choice choice);
void step_conclude(struct engine *engine);

#endif
