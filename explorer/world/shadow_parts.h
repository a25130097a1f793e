/*
 * What the parts of shadows share: shadow_look.c makes notes of what has
 * changed, shadow.c makes use of them.
 */
#ifndef EXPLORER_WORLD_SHADOW_PARTS_H
#define EXPLORER_WORLD_SHADOW_PARTS_H

#include <stdint.h>

#include "base/hash.h"
#include "world/layout.h"
#include "world/lines.h"
#include "world/shadow.h"

/* What a line was; or, as long as it is pending, what its digest is going to
 * be. */
struct shadow_note {
	uint8_t *line;
	uint8_t *was;
	struct digest *digest; /* NULL: none goes with it */
	struct digest other;   /* the one that *digest is not */
	uint32_t bytes;
	uint8_t old[LINE_BYTES];
};

/* As many lines as a stack may have. */
#define STACK_LINES (STACK_BYTES_MAX / LINE_BYTES)

/* Room for the shadow of a slot's stack, all zero. */
void shadow_open_stack(struct shadow_stack *stack, uint32_t slot);

#endif
