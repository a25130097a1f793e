/*
 * Full records of steps, for traces; made only when somebody listens.
 */
#ifndef EXPLORER_ENGINE_RECORD_H
#define EXPLORER_ENGINE_RECORD_H

#include "engine/engine.h"

/* Before the step is performed: what is to be seen beforehand. */
void record_before(struct engine *engine, struct choice choice);
/* After it: completes the record and hands it to the listener. */
void record_after(struct engine *engine);

#endif
