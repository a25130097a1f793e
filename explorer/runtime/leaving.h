/*
 * What a thread leaves behind when it ends with locks held: robust mutexes are
 * abandoned, what was begun once is to be begun again, and any other lock is
 * a misuse, and nobody's ever after.
 */
#ifndef EXPLORER_RUNTIME_LEAVING_H
#define EXPLORER_RUNTIME_LEAVING_H

#include "runtime/runtime.h"

/* The running thread ends. */
ON_FIBER void leaving_release(struct runtime *runtime);

#endif
