/*
 * explorer_watch() in a native run: the bytes that the program has named, to be
 * told with how the run ends. What is gone by then is not: a block that was
 * freed, what was on the stack of a thread that has ended.
 */
#ifndef EXPLORER_HOOK_NATIVE_WATCH_H
#define EXPLORER_HOOK_NATIVE_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "channel/report_message.h"
#include "runtime/runtime.h"

/* The program names bytes, or has a name stand for none. */
void native_watch(const char *name, void *start, size_t bytes);

/* The lowest byte of main's stack that was ever named. */
extern uintptr_t native_watch_lowest;

/* Whether blocks that are freed matter. */
extern bool native_watch_is_used;
/* The program is about to free the block. */
void native_watch_freed(uintptr_t block, size_t bytes);

/* What there is at the end. Returns how many. */
uint32_t native_watch_list(struct named_bytes ret_named[WATCHED_MAX]);

#endif
