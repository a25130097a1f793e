/*
 * One message of each kind with something in every field, put together.
 */
#ifndef TESTS_CHANNEL_SAMPLES_H
#define TESTS_CHANNEL_SAMPLES_H

#include <stddef.h>

#include "base/buffer.h"

struct sample {
	const char *name;
	/* Appends the body. */
	void (*put)(struct buffer *buffer);
	/* Takes it apart and puts it together again: the same bytes, if
	 * nothing is lost. Nothing is appended if it is malformed. */
	void (*again)(struct reader *reader, struct buffer *buffer);
};

extern const struct sample samples[];
extern const size_t sample_count;

#endif
