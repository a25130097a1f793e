/*
 * All of each state, besides its digest: to be sure that no two states have the
 * same one (--paranoid).
 */
#ifndef EXPLORER_STRATEGY_STATE_IMAGES_H
#define EXPLORER_STRATEGY_STATE_IMAGES_H

#include "base/buffer.h"
#include "base/hash.h"
#include "base/map.h"

struct state_image;

/* Zeroed is valid and empty. */
struct state_images {
	struct map known; /* digest -> image + 1 */
	struct state_image *at;
	size_t count;
	size_t capacity;
	struct buffer now; /* the image being compared */
};

void state_images_fini(struct state_images *images);

/* Keeps images->now for this digest; or compares it with what is kept: the
 * process ends if it differs. */
void state_images_compare(struct state_images *images, struct digest digest);

#endif
