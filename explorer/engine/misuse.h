/*
 * Misuse as findings: what the runtime notices (runtime/misuse.h), once for
 * each place.
 */
#ifndef EXPLORER_ENGINE_MISUSE_H
#define EXPLORER_ENGINE_MISUSE_H

#include "engine/engine.h"

/* Has the runtime tell this engine. */
void misuse_listen(struct engine *engine);

#endif
