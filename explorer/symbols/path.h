/*
 * The way from a variable to the bytes within it, in both directions:
 * ".field", "[3]", "[1][2].next", and "+3" where nothing begins.
 */
#ifndef EXPLORER_SYMBOLS_PATH_H
#define EXPLORER_SYMBOLS_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "symbols/type.h"

/* Appends the way to the `size` bytes at `offset` in an object of that type:
 * down to the smallest thing that holds them all; with size 0, to the largest
 * that begins there. */
void path_add(struct buffer *text, struct type type, uint64_t offset,
	      uint64_t size);

/* Appends "+offset", unless it is 0. */
void path_add_rest(struct buffer *text, uint64_t offset);

enum path_end {
	PATH_WHOLE,	 /* the text was understood to its end */
	PATH_REST,	 /* stopped before a "+" */
	PATH_NO_FIELD,	 /* stopped before a field that there is not */
	PATH_NO_ELEMENT, /* stopped before an index out of range */
	PATH_NOT_STRUCT, /* stopped before ".": there are no fields here */
	PATH_NOT_ARRAY,	 /* stopped before "[": there are no elements here */
	PATH_NOT_UNDERSTOOD, /* stopped before something else */
};

/* Where a path led, as far as it was understood. */
struct path {
	enum path_end end;
	size_t length; /* of the text that was understood */
	struct type type;
	uint64_t offset;
	bool is_bit_field;
};

struct path path_read(const char *text, struct type type);

/* Reads "+3" up to the end of the text. False if it is something else. */
bool path_read_rest(const char *text, uint64_t *ret_offset);

#endif
