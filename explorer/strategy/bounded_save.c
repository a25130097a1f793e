/*
 * A bounded search by reduction as bytes, without pointers: another process
 * goes on with them. The engine's part of the path is the schedule in its
 * steps.
 */
#include <string.h>

#include "base/memory.h"
#include "strategy/bounded_path.h"

void bounded_save(const void *self, struct buffer *buffer)
{
	const struct bounded *bounded = self;

	buffer_put_u32(buffer, bounded->begun);
	buffer_put_block(buffer, bounded->nodes,
			 bounded->depth * sizeof(*bounded->nodes));
	buffer_put_block(buffer, bounded->branches,
			 bounded->branch_count * sizeof(*bounded->branches));
}

static bool is_well_formed(const struct bounded *bounded)
{
	size_t next = 0;

	for (size_t i = 0; i < bounded->depth; i++) {
		const struct node *node = &bounded->nodes[i];

		if (node->first != next || node->taken >= node->count ||
		    node->count > bounded->branch_count - next)
			return false;
		next += node->count;
	}
	return next == bounded->branch_count;
}

static size_t load_array(struct reader *reader, void **items, size_t *capacity,
			 size_t item_bytes)
{
	size_t length;
	const void *bytes = reader_block(reader, &length);

	if (reader->failed || length % item_bytes != 0) {
		reader->failed = true;
		return 0;
	}
	memory_reserve(items, capacity, length / item_bytes, item_bytes);
	if (length > 0)
		memcpy(*items, bytes, length);
	return length / item_bytes;
}

void bounded_load(void *self, struct reader *reader)
{
	struct bounded *bounded = self;

	bounded->begun = reader_u32(reader);
	bounded->resumed = bounded->begun;
	bounded->depth =
		load_array(reader, (void **)&bounded->nodes, &bounded->capacity,
			   sizeof(*bounded->nodes));
	bounded->branch_count = load_array(reader, (void **)&bounded->branches,
					   &bounded->branch_capacity,
					   sizeof(*bounded->branches));
	if (!is_well_formed(bounded))
		reader->failed = true;
}
