/*
 * The compilers' hooks, as far as others must know them.
 */
#ifndef EXPLORER_HOOK_TSAN_H
#define EXPLORER_HOOK_TSAN_H

#include "hook/hook.h"
#include "runtime/copy_site.h"

/* The functions that announce plain accesses. */
struct copy_hooks hook_plain_accesses(void);

#endif
