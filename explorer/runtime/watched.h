/*
 * What the program asks to have watched: explorer_watch() of <explorer.h>. Its
 * bytes are told with how an execution ends, as those of --watch are.
 *
 * Each name stands for one range of bytes: a further call with it replaces what
 * it stood for, and one without bytes ends that. So calls with the same name
 * conflict, in so far as threads make them that nothing orders (thing.h); and
 * whoever ends the process looks at all names.
 *
 * Bytes that are gone are not told: of a block that was freed since, of a stack
 * that is in use no more so far down, of a thread that has ended. A frame that
 * was left where another one lies now cannot be told from one that is there.
 */
#ifndef EXPLORER_RUNTIME_WATCHED_H
#define EXPLORER_RUNTIME_WATCHED_H

#include "runtime/runtime.h"

/* From now on the name stands for these bytes of the program. */
ON_FIBER void watched_set(struct runtime *runtime, const char *name,
			  void *start, size_t bytes, uintptr_t place);

/* Whether the bytes are still what they were when they were named. */
bool watched_is_there(const struct runtime *runtime,
		      const struct watched *watched);

/* The process has been ended in this context: that looks at names and bytes.
 * To be called at the end itself, since who announces it may do so before
 * others give their names. */
void watched_look(struct runtime *runtime, uint32_t context);

#endif
