/*
 * The slots through which a module calls functions of others.
 *
 *     call  f@plt ──> jmp *slot ──> f in a library
 *                           └─────> or what stands in its place
 *
 * The loader has filled them all in when the program starts (-z now).
 */
#ifndef EXPLORER_WORLD_SLOTS_H
#define EXPLORER_WORLD_SLOTS_H

#include "world/segments.h"

/* What is to be called in the place of `function`, which the program knows by
 * that symbol; `function` itself where all is to stay as it is. */
typedef void *slot_choice(void *context, const char *symbol, void *function);

/* Has `choose` look at each slot of the modules that were built with explorer
 * cc. Returns -1 with errno if one could not be written to. */
int slots_replace(const struct modules *modules, slot_choice *choose,
		  void *context);

#endif
