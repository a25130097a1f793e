/*
 * How far a search is, by what its process keeps in shared memory.
 */
#ifndef EXPLORER_POOL_HOW_FAR_H
#define EXPLORER_POOL_HOW_FAR_H

#include "pool/hunt.h"

/* Tells whoever wants to know. `now` as of clock_seconds(). */
void how_far_tell(struct hunt *hunt, double now);

/* Notes it in hunt->seen: the process may not live to say it. */
void how_far_note(struct hunt *hunt);
/* What was noted cannot be true. */
void how_far_forget(struct hunt *hunt);

#endif
