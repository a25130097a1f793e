/*
 * The parts that messages are made of (see wire.h).
 */
#include "channel/wire.h"

#include <string.h>

#include "base/memory.h"

void wire_put_string(struct buffer *buffer, const char *string)
{
	const char *bytes = string ? string : "";

	buffer_put_block(buffer, bytes, strlen(bytes) + 1);
}

const char *wire_string(struct reader *reader)
{
	size_t length = 0;
	const char *bytes = reader_block(reader, &length);

	if (reader->failed)
		return "";
	if (length == 0 || bytes[length - 1] != 0 ||
	    strlen(bytes) != length - 1) {
		reader->failed = true;
		return "";
	}
	return bytes;
}

void wire_put_bool(struct buffer *buffer, bool value)
{
	buffer_put_u32(buffer, value ? 1 : 0);
}

bool wire_bool(struct reader *reader)
{
	return wire_below(reader, 2) == 1;
}

void wire_put_i32(struct buffer *buffer, int32_t value)
{
	buffer_put_u32(buffer, (uint32_t)value);
}

int32_t wire_i32(struct reader *reader)
{
	return (int32_t)reader_u32(reader);
}

uint32_t wire_below(struct reader *reader, uint32_t limit)
{
	uint32_t value = reader_u32(reader);

	if (value < limit)
		return value;
	reader->failed = true;
	return 0;
}

void wire_put_location(struct buffer *buffer, const struct location *location)
{
	buffer_put_u32(buffer, location->kind);
	buffer_put_u32(buffer, location->owner);
	buffer_put_u32(buffer, location->number);
	buffer_put_u64(buffer, location->offset);
}

struct location wire_location(struct reader *reader)
{
	struct location location = {0};

	location.kind = wire_below(reader, LOCATION_ABSOLUTE + 1);
	location.owner = reader_u32(reader);
	location.number = reader_u32(reader);
	location.offset = reader_u64(reader);
	return location;
}

void wire_put_place(struct buffer *buffer, struct code_place place)
{
	buffer_put_u32(buffer, place.module);
	buffer_put_u64(buffer, place.offset);
}

struct code_place wire_place(struct reader *reader)
{
	struct code_place place = {0};

	place.module = reader_u32(reader);
	place.offset = reader_u64(reader);
	return place;
}

uint32_t wire_count(struct reader *reader, size_t item_bytes)
{
	uint32_t count = reader_u32(reader);
	size_t rest = (size_t)(reader->end - reader->next);

	if (!reader->failed && count <= rest / item_bytes)
		return count;
	reader->failed = true;
	return 0;
}

void *wire_array(uint32_t count, size_t element_bytes)
{
	return count > 0 ? memory_new(count * element_bytes) : NULL;
}
