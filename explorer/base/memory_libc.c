/*
 * The command's memory: malloc, with an end instead of a NULL.
 */
#include "base/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/diagnostic.h"

static void *check(void *block, size_t bytes)
{
	if (!block) {
		complain("out of memory: %zu bytes could not be had", bytes);
		exit(2);
	}
	return block;
}

/* malloc(0) may return NULL, which would look like a failure. */
static size_t at_least_one(size_t bytes)
{
	return bytes ? bytes : 1;
}

void *memory_new(size_t bytes)
{
	return check(calloc(1, at_least_one(bytes)), bytes);
}

void *memory_resize(void *block, size_t old_bytes, size_t new_bytes)
{
	char *grown;

	assert(block || old_bytes == 0);
	grown = check(realloc(block, at_least_one(new_bytes)), new_bytes);
	if (new_bytes > old_bytes)
		memset(grown + old_bytes, 0, new_bytes - old_bytes);
	return grown;
}

void memory_free(void *block, size_t bytes)
{
	(void)bytes;
	free(block);
}

void *memory_new_segment(void)
{
	void *segment =
		check(aligned_alloc(MEMORY_SEGMENT_BYTES, MEMORY_SEGMENT_BYTES),
		      MEMORY_SEGMENT_BYTES);

	return memset(segment, 0, MEMORY_SEGMENT_BYTES);
}

void memory_free_segment(void *segment)
{
	free(segment);
}
