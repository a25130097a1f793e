/*
 * Saved worlds, and going back to them.
 */
#ifndef EXPLORER_ENGINE_REWIND_H
#define EXPLORER_ENGINE_REWIND_H

#include "engine/engine.h"

/* The first state with a choice: from here on going back comes here, not to the
 * start of the program. */
void rewind_make_base(struct engine *engine);

/* Whether the operation that the log has at this depth is pending. */
bool rewind_is_as_recorded(const struct engine *engine);
/* It is not: that is a finding, and ends this execution and the search. */
void rewind_stop_diverged(struct engine *engine);

#endif
