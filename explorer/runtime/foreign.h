/*
 * Libraries that were not built with explorer cc and have changed variables of
 * their own: what threads share there is not seen.
 */
#ifndef EXPLORER_RUNTIME_FOREIGN_H
#define EXPLORER_RUNTIME_FOREIGN_H

#include "runtime/runtime.h"

/* An execution is about to end: notes such libraries, each once, as calls of
 * what is not under control. To be called before their destructors run: these
 * note in a variable that they did. */
void foreign_look(struct runtime *runtime);

#endif
