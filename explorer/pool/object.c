/*
 * What an operation works on, in words. See object.h.
 */
#include "pool/object.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct source_place object_place(struct symbols *symbols,
				 const struct blocked_message *message)
{
	return name_of_place_in_program(symbols, message->place,
					message->callers,
					message->caller_count);
}

char *object_in_block(struct symbols *symbols,
		      const struct block_message *block)
{
	struct source_place place = name_of_place_in_program(
		symbols, block->allocated, block->allocated_calls.at,
		block->allocated_calls.count);
	char *from = place_words(&place);
	char *name = text_format("heap block of %" PRIu64
				 " byte%s%s%s, offset %" PRId64,
				 block->bytes, block->bytes == 1 ? "" : "s",
				 *from ? " from " : "", from, block->offset);

	source_place_free(&place);
	free(from);
	return name;
}

char *object_on_stack(struct symbols *symbols,
		      const struct local_message *local, uint64_t bytes)
{
	const struct frame_place frame = {
		.place = local->place,
		.offset = local->offset,
		.pointers = local->pointers,
		.pointer_count = local->pointer_count,
	};
	char *name =
		local->known ? symbols_local(symbols, &frame, bytes) : NULL;

	return name ? name_without_inside(name) : NULL;
}

/* Its name is told with its owner's slot ("count@1.next"), which means nothing
 * to people. */
char *object_thread_local(struct symbols *symbols, struct location object,
			  uint64_t bytes)
{
	char *name = object.kind == LOCATION_TLS
			     ? name_of_object(symbols, object, bytes)
			     : NULL;
	char *slot = name ? strchr(name, '@') : NULL;
	char *owner;
	char *words;

	if (!name)
		return NULL;
	owner = name_of_thread(object.number);
	if (slot)
		words = text_format(
			"thread-local \"%.*s%s\" of %s", (int)(slot - name),
			name, slot + 1 + strspn(slot + 1, "0123456789"), owner);
	else
		words = text_format("thread-local storage of %s", owner);
	free(owner);
	free(name);
	return words;
}

char *object_name(struct symbols *symbols,
		  const struct blocked_message *message)
{
	uint64_t bytes = bytes_of_object((enum op)message->op, 0);
	char *local = object_on_stack(symbols, &message->local, bytes);

	if (!local)
		local = object_thread_local(symbols, message->object, bytes);
	if (local)
		return local;
	if (message->block.known)
		return object_in_block(symbols, &message->block);
	return name_of_object(symbols, message->object, bytes);
}

char *object_words(struct symbols *symbols,
		   const struct blocked_message *message)
{
	const char *sort = word_of_object((enum op)message->op);
	char *name = object_name(symbols, message);
	char *words;

	if (!name || !sort)
		return name ? name : string_copy(sort);
	words = text_format("%s %s%s", sort, message->block.known ? "in " : "",
			    name);
	free(name);
	return words;
}

char *object_held(struct symbols *symbols,
		  const struct blocked_message *message)
{
	bool reads = message->op == OP_RWLOCK_RDLOCK ||
		     message->op == OP_RWLOCK_TRYRDLOCK;
	char *name = message->block.known ? object_words(symbols, message)
					  : object_name(symbols, message);
	char *words;

	if (!reads || !name)
		return name;
	words = text_format("%s (reading)", name);
	free(name);
	return words;
}
