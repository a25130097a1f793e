/*
 * Handlers of exit(), which libc keeps in a list. Two threads may exit at once:
 * each takes from the list what the other has not taken, so that what a handler
 * does, and which thread does it, depends on who comes first. To register one
 * and to take one are operations, where others exit beside it: a thing that is
 * learned (thing.h).
 */
#ifndef EXPLORER_RUNTIME_EXIT_HANDLER_H
#define EXPLORER_RUNTIME_EXIT_HANDLER_H

#include "runtime/runtime.h"

/* The running thread is about to look at the list, or to change it. */
ON_FIBER void exit_handler_note(struct runtime *runtime, bool change,
				uintptr_t place);

#endif
