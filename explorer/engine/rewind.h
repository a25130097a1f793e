/*
 * Saved worlds, and going back to them.
 */
#ifndef EXPLORER_ENGINE_REWIND_H
#define EXPLORER_ENGINE_REWIND_H

#include "engine/engine.h"

/* The first state with a choice: from here on going back comes here, not to the
 * start of the program. */
void rewind_make_base(struct engine *engine);

#endif
