/*
 * What functions of libc keep from one call to the next.
 */
#ifndef EXPLORER_HOOK_LIBC_STATE_H
#define EXPLORER_HOOK_LIBC_STATE_H

#include "runtime/runtime.h"
#include "trace/location.h"

/* The running thread reads it, or writes it: an access like one to memory.
 * Nothing natively. */
ON_FIBER void libc_state_read(enum libc_state state, uintptr_t place);
ON_FIBER void libc_state_write(enum libc_state state, uintptr_t place);

#endif
