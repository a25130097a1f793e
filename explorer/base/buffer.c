/*
 * A growable run of bytes.
 */
#include "base/buffer.h"

#include <string.h>

#include "base/memory.h"

void buffer_fini(struct buffer *buffer)
{
	memory_free(buffer->data, buffer->capacity);
	*buffer = (struct buffer){0};
}

void buffer_clear(struct buffer *buffer)
{
	buffer->length = 0;
}

static void reserve(struct buffer *buffer, size_t more)
{
	/* A uint8_t * may not be written through a void **. */
	void *data = buffer->data;

	memory_reserve(&data, &buffer->capacity, buffer->length + more, 1);
	buffer->data = data;
}

void buffer_put(struct buffer *buffer, const void *bytes, size_t length)
{
	if (!length)
		return;
	reserve(buffer, length);
	memcpy(buffer->data + buffer->length, bytes, length);
	buffer->length += length;
}

void buffer_put_u32(struct buffer *buffer, uint32_t value)
{
	buffer_put(buffer, &value, sizeof(value));
}

void buffer_put_u64(struct buffer *buffer, uint64_t value)
{
	buffer_put(buffer, &value, sizeof(value));
}

void buffer_put_block(struct buffer *buffer, const void *bytes, size_t length)
{
	buffer_put_u64(buffer, length);
	buffer_put(buffer, bytes, length);
}

void buffer_put_string(struct buffer *buffer, const char *string)
{
	buffer_put_block(buffer, string, string ? strlen(string) : 0);
}

struct reader reader_of(const void *bytes, size_t length)
{
	const uint8_t *first = bytes;

	return (struct reader){
		.next = first,
		.end = length ? first + length : first,
	};
}

const void *reader_bytes(struct reader *reader, size_t length)
{
	const uint8_t *bytes = reader->next;

	if (reader->failed || length > (size_t)(reader->end - reader->next)) {
		reader->failed = true;
		return NULL;
	}
	if (length)
		reader->next += length;
	return bytes;
}

uint32_t reader_u32(struct reader *reader)
{
	uint32_t value = 0;
	const void *bytes = reader_bytes(reader, sizeof(value));

	if (bytes)
		memcpy(&value, bytes, sizeof(value));
	return value;
}

uint64_t reader_u64(struct reader *reader)
{
	uint64_t value = 0;
	const void *bytes = reader_bytes(reader, sizeof(value));

	if (bytes)
		memcpy(&value, bytes, sizeof(value));
	return value;
}

const void *reader_block(struct reader *reader, size_t *ret_length)
{
	size_t length = reader_u64(reader);
	const void *bytes = reader_bytes(reader, length);

	*ret_length = reader->failed ? 0 : length;
	return bytes;
}

char *reader_string(struct reader *reader)
{
	size_t length;
	const void *bytes = reader_block(reader, &length);
	char *string;

	/* A zero inside would make strlen() disagree with the size we took. */
	if (length && memchr(bytes, 0, length)) {
		reader->failed = true;
		length = 0;
	}
	string = memory_new(length + 1);
	if (length)
		memcpy(string, bytes, length);
	return string;
}
