/*
 * What a search tells of its tree, put together and taken apart. See
 * tree_message.h.
 */
#include "channel/tree_message.h"

#include "channel/wire.h"

void tree_put(struct buffer *buffer, const struct tree_message *tree)
{
	buffer_put_u32(buffer, tree->news);
	buffer_put_u64(buffer, tree->depth);
	buffer_put_u32(buffer, tree->thread);
	buffer_put_u32(buffer, tree->alternative);
	buffer_put_u32(buffer, tree->outcome);
	wire_put_bool(buffer, tree->has_after);
	buffer_put_u64(buffer, tree->after);
	wire_put_i32(buffer, tree->result);
	buffer_put_block(buffer, tree->choices,
			 tree->choice_count * sizeof(struct tree_choice));
}

void tree_get(struct reader *reader, struct tree_message *ret_tree)
{
	size_t length;

	*ret_tree = (struct tree_message){
		.news = wire_below(reader, TREE_NEWS_COUNT)};
	ret_tree->depth = reader_u64(reader);
	ret_tree->thread = reader_u32(reader);
	ret_tree->alternative = reader_u32(reader);
	ret_tree->outcome = reader_u32(reader);
	ret_tree->has_after = wire_bool(reader);
	ret_tree->after = reader_u64(reader);
	ret_tree->result = wire_i32(reader);
	ret_tree->choices = reader_block(reader, &length);
	if (reader->failed || length % sizeof(struct tree_choice) != 0)
		reader->failed = true;
	else
		ret_tree->choice_count =
			(uint32_t)(length / sizeof(struct tree_choice));
}
