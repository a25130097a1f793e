/*
 * The end of a thread before its function returns.
 */
#ifndef EXPLORER_HOOK_LEAVE_H
#define EXPLORER_HOOK_LEAVE_H

#include "runtime/runtime.h"

/* To be called once, when the program's modules are there. */
void leave_init(struct runtime *runtime);

/* Runs the running thread's cleanup handlers, and ends it with its `value`. */
ON_FIBER _Noreturn void leave(struct runtime *runtime);

/* A cancellation point that reaches beyond the world: the running thread ends
 * here if that was asked for. Nothing natively, where libc sees to it. */
ON_FIBER void leave_if_cancelled(uintptr_t place);

#endif
