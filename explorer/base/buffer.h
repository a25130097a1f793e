/*
 * A growable run of bytes: how messages, saved searches and captured output
 * are put together and taken apart.
 *
 * Numbers are stored in the machine's own byte order, since both ends of a
 * channel run on the same machine.
 */
#ifndef EXPLORER_BASE_BUFFER_H
#define EXPLORER_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Invariants: length <= capacity; data is NULL only if capacity is 0. */
struct buffer {
	uint8_t *data;
	size_t length;
	size_t capacity;
};

/* A zeroed struct buffer is a valid empty one, which it is after buffer_fini().
 * buffer_clear() empties it and keeps its memory. */
void buffer_fini(struct buffer *buffer);
void buffer_clear(struct buffer *buffer);

/* Each appends. */
void buffer_put(struct buffer *buffer, const void *bytes, size_t length);
void buffer_put_u32(struct buffer *buffer, uint32_t value);
void buffer_put_u64(struct buffer *buffer, uint64_t value);
/* Length (u64), then the bytes. */
void buffer_put_block(struct buffer *buffer, const void *bytes, size_t length);
/* The same, of a string without its final zero. NULL is put as "". */
void buffer_put_string(struct buffer *buffer, const char *string);

/*
 * Takes a buffer apart from its front. A reader that runs past the end sets
 * `failed` and returns zeros from then on, so that one check at the end will
 * do.
 */
struct reader {
	const uint8_t *next;
	const uint8_t *end;
	bool failed;
};

struct reader reader_of(const void *bytes, size_t length);
uint32_t reader_u32(struct reader *reader);
uint64_t reader_u64(struct reader *reader);
/* Returns a pointer into the buffer, valid as long as the buffer's data. */
const void *reader_bytes(struct reader *reader, size_t length);
/* Reads a length and that many bytes; the result points into the buffer. */
const void *reader_block(struct reader *reader, size_t *ret_length);
/* A copy with a final zero, owned by the caller: memory_free(s, strlen(s)+1).
 */
char *reader_string(struct reader *reader);

#endif
