/*
 * A search by reduction as bytes, without pointers: another process goes on
 * with them. The engine's part of the path is the schedule in its steps.
 */
#include <string.h>

#include "base/memory.h"
#include "strategy/dpor_path.h"

struct saver {
	struct buffer *buffer;
	uint64_t count;
};

static void count_branch(void *context, const struct wake *wake, uint32_t depth)
{
	struct saver *saver = context;

	(void)wake;
	(void)depth;
	saver->count++;
}

static void put_branch(void *context, const struct wake *wake, uint32_t depth)
{
	struct saver *saver = context;

	buffer_put_u32(saver->buffer, depth);
	buffer_put(saver->buffer, wake, sizeof(*wake));
}

static void load_node(struct dpor *dpor, struct reader *reader)
{
	struct node node = {.taken = reader_u32(reader),
			    .sleep_start = dpor->sleep.count};
	const void *step = reader_bytes(reader, sizeof(node.step));
	const void *grown = reader_bytes(reader, sizeof(node.grown));
	size_t length;
	const uint8_t *sleep = reader_block(reader, &length);
	uint64_t branches = reader_u64(reader);

	if (reader->failed)
		return;
	memcpy(&node.step, step, sizeof(node.step));
	memcpy(&node.grown, grown, sizeof(node.grown));
	for (size_t i = 0; i + sizeof(struct wake) <= length;
	     i += sizeof(struct wake)) {
		struct wake wake;

		memcpy(&wake, sleep + i, sizeof(wake));
		wakes_add(&dpor->sleep, &wake);
		node.sleep_count++;
	}
	forest_load(&dpor->forest, &node.tree, branches, reader);
	memory_reserve((void **)&dpor->nodes, &dpor->capacity, dpor->depth + 1,
		       sizeof(*dpor->nodes));
	dpor->nodes[dpor->depth++] = node;
}

void dpor_save(const void *self, struct buffer *buffer)
{
	const struct dpor *dpor = self;
	struct saver saver = {.buffer = buffer};

	buffer_put_u32(buffer, dpor->begun);
	buffer_put_u64(buffer, dpor->depth);
	for (size_t i = 0; i < dpor->depth; i++) {
		const struct node *node = &dpor->nodes[i];

		buffer_put_u32(buffer, node->taken);
		buffer_put(buffer, &node->step, sizeof(node->step));
		buffer_put(buffer, &node->grown, sizeof(node->grown));
		buffer_put_block(buffer, dpor->sleep.at + node->sleep_start,
				 node->sleep_count * sizeof(*dpor->sleep.at));
		saver.count = 0;
		forest_walk(&dpor->forest, node->tree, 0, &saver, count_branch);
		buffer_put_u64(buffer, saver.count);
		forest_walk(&dpor->forest, node->tree, 0, &saver, put_branch);
	}
}

void dpor_load(void *self, struct reader *reader)
{
	struct dpor *dpor = self;
	uint64_t depth;

	dpor->begun = reader_u32(reader);
	dpor->resumed = true;
	depth = reader_u64(reader);
	for (uint64_t i = 0; i < depth && !reader->failed; i++)
		load_node(dpor, reader);
}
