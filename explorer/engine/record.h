/*
 * Full records of steps, for traces; made only when somebody listens.
 */
#ifndef EXPLORER_ENGINE_RECORD_H
#define EXPLORER_ENGINE_RECORD_H

#include "engine/engine.h"

/* The step that a choice would be, as far as it is to be seen beforehand. */
void record_choice(const struct engine *engine, struct choice choice,
		   struct event *ret_event);
/* What the last step left in its object; false if that is no memory. */
bool record_left(const struct engine *engine, uint64_t *ret_after);

/* Before the step is performed: what is to be seen beforehand. */
void record_before(struct engine *engine, struct choice choice);
/* After it: completes the record and hands it to the listener. */
void record_after(struct engine *engine);

#endif
