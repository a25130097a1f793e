/*
 * Which signals a thread blocks.
 */
#ifndef EXPLORER_HOOK_SIGNAL_MASK_H
#define EXPLORER_HOOK_SIGNAL_MASK_H

#include "runtime/runtime.h"

bool signal_mask_blocks(const struct thread *thread, int number);

#endif
