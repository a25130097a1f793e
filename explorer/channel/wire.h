/*
 * The parts that messages are made of: strings, locations, places, counts.
 *
 * A string travels with its final zero, so that the receiver can point at it
 * where it lies. Whatever is read is checked as it is read: an enumerator out
 * of range or a count that the rest of the body cannot hold sets
 * reader->failed, so that no later code has to doubt them.
 */
#ifndef EXPLORER_CHANNEL_WIRE_H
#define EXPLORER_CHANNEL_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "trace/location.h"

/* NULL is put as "". */
void wire_put_string(struct buffer *buffer, const char *string);
/* Points into the reader's bytes; "" if malformed. Never NULL. */
const char *wire_string(struct reader *reader);

void wire_put_bool(struct buffer *buffer, bool value);
bool wire_bool(struct reader *reader);

void wire_put_i32(struct buffer *buffer, int32_t value);
int32_t wire_i32(struct reader *reader);

/* A number below `limit`; 0 if malformed. */
uint32_t wire_below(struct reader *reader, uint32_t limit);

void wire_put_location(struct buffer *buffer, const struct location *location);
struct location wire_location(struct reader *reader);

void wire_put_place(struct buffer *buffer, struct code_place place);
struct code_place wire_place(struct reader *reader);

/* How many elements follow, each of which takes at least item_bytes in the
 * message; 0 if malformed. */
uint32_t wire_count(struct reader *reader, size_t item_bytes);

/* A zeroed array, for memory_free(); NULL if it has no elements. */
void *wire_array(uint32_t count, size_t element_bytes);

#endif
