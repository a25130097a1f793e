/*
 * What the program can notice, going by the functions that it imports.
 *
 * Some of a thread's state costs a good part of a switch to keep apart, and
 * most programs never look at it. Whoever looks calls one of a few functions,
 * and stands in its module's table of dynamic symbols with that.
 */
#ifndef EXPLORER_WORLD_IMPORTS_H
#define EXPLORER_WORLD_IMPORTS_H

#include <stdbool.h>

#include "world/segments.h"

/* Whether a module can see what the C library keeps for each thread, errno
 * apart. */
bool imports_thread_state(const struct modules *modules);

/* Whether a module can see the flags of floating-point exceptions. */
bool imports_exception_flags(const struct modules *modules);

/* Whether a module may switch to stacks of its own. */
bool imports_stack_switch(const struct modules *modules);

/* Whether a module may look for functions by name. */
bool imports_finders(const struct modules *modules);

/* Whether a module was built with explorer cc: it calls the hooks that are put
 * before accesses to memory. */
struct dl_phdr_info;
bool imports_hooks(const struct dl_phdr_info *info);

#endif
