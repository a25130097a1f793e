/*
 * Images of states. See state_images.h.
 */
#include "strategy/state_images.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"

struct state_image {
	void *bytes;
	size_t length;
};

void state_images_fini(struct state_images *images)
{
	for (size_t i = 0; i < images->count; i++)
		memory_free(images->at[i].bytes, images->at[i].length);
	memory_free(images->at, images->capacity * sizeof(*images->at));
	map_fini(&images->known);
	buffer_fini(&images->now);
	*images = (struct state_images){0};
}

static void keep(struct state_images *images)
{
	struct state_image image = {.length = images->now.length};

	image.bytes = memory_new(image.length);
	memcpy(image.bytes, images->now.data, image.length);
	memory_reserve((void **)&images->at, &images->capacity,
		       images->count + 1, sizeof(*images->at));
	images->at[images->count++] = image;
}

void state_images_compare(struct state_images *images, struct digest digest)
{
	uint64_t *number = map_put(&images->known, digest.low | 1);
	const struct state_image *image;

	if (*number == 0) {
		keep(images);
		*number = images->count;
		return;
	}
	image = &images->at[*number - 1];
	assert(image->length == images->now.length);
	assert(memcmp(image->bytes, images->now.data, image->length) == 0);
}
