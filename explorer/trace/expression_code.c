/*
 * Expressions as bytes: what the library is told of them. Nodes alone, in the
 * order in which they were made, so that operands stand before their operator
 * and the whole is the last one. Columns stay behind, and so do names: whoever
 * evaluates knows them by their numbers.
 */
#include "base/memory.h"
#include "trace/expression_tree.h"

/* What a node takes. */
#define NODE_BYTES (7 * sizeof(uint32_t) + sizeof(uint64_t))

void expression_put(struct buffer *buffer, const struct expression *expression)
{
	for (size_t i = 0; i < expression->node_count; i++) {
		const struct node *node = &expression->nodes[i];

		buffer_put_u32(buffer, node->kind);
		buffer_put_u32(buffer, node->depth);
		for (unsigned child = 0; child < 3; child++)
			buffer_put_u32(buffer, (uint32_t)node->child[child]);
		buffer_put_u32(buffer, (uint32_t)node->name);
		buffer_put_u32(buffer, node->number.is_unsigned);
		buffer_put_u64(buffer, (uint64_t)node->number.value);
	}
}

/* However malformed the bytes are, evaluating comes to an end. */
static bool is_sound(const struct node *node, size_t place, size_t name_count)
{
	if (node->kind > NODE_NAME || node->depth == 0 ||
	    node->depth > EXPRESSION_DEPTH_MAX)
		return false;
	if (node->kind == NODE_NUMBER)
		return true;
	if (node->kind == NODE_NAME)
		return node->name < name_count;
	for (unsigned child = 0; child < 3; child++)
		if (node->child[child] >= place)
			return false;
	return true;
}

static struct node node_of(struct reader *reader)
{
	struct node node = {.kind = (enum node_kind)reader_u32(reader)};

	node.depth = reader_u32(reader);
	for (unsigned child = 0; child < 3; child++)
		node.child[child] = reader_u32(reader);
	node.name = reader_u32(reader);
	node.number.is_unsigned = reader_u32(reader) != 0;
	node.number.value = reader_u64(reader);
	return node;
}

int expression_get(const void *bytes, size_t length, size_t name_count,
		   struct expression *ret_expression)
{
	struct reader reader = reader_of(bytes, length);
	size_t count = length / NODE_BYTES;
	struct node *nodes;

	if (count == 0 || length % NODE_BYTES != 0)
		return -1;
	nodes = memory_new(count * sizeof(*nodes));
	for (size_t i = 0; i < count; i++) {
		nodes[i] = node_of(&reader);
		if (is_sound(&nodes[i], i, name_count))
			continue;
		memory_free(nodes, count * sizeof(*nodes));
		return -1;
	}
	*ret_expression = (struct expression){
		.nodes = nodes, .node_count = count, .root = count - 1};
	return 0;
}

void expression_forget(struct expression *expression)
{
	memory_free(expression->nodes,
		    expression->node_count * sizeof(*expression->nodes));
	*expression = (struct expression){0};
}
