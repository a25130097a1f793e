/*
 * What the program wrote to standard output and standard error, in order.
 *
 * Most of it comes here directly. The program's FILEs stay libc's own, with a
 * large buffer of ours each; what other functions of libc leave in those is
 * moved here. Only the length is state: rewinding is setting it back.
 *
 * Some of libc's functions flush what they write to stderr; for as long as one
 * of them runs, a FILE that writes here takes stderr's place.
 */
#ifndef EXPLORER_WORLD_OUTPUT_H
#define EXPLORER_WORLD_OUTPUT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buffer.h"

struct output {
	struct buffer text;
	uint8_t *file_buffers[3]; /* of stdout, stderr and messages */
	FILE *messages;		  /* in stderr's place */
};

/* Gives stdout and stderr their buffers. Called before the program writes.
 * Returns 0, or -1 if memory is short. */
int output_init(struct output *output);

/* Moves what is in the FILEs' buffers to the text. */
void output_drain(struct output *output);

/* Between these two calls all that is written to stderr comes here, flushed or
 * not. Returns the real one, for output_end_message(). */
FILE *output_begin_message(struct output *output);
void output_end_message(struct output *output, FILE *real);

/* Appends what did not go through a FILE. */
void output_add(struct output *output, const void *bytes, size_t length);

/* Has room for `bytes` more at the end of the text. */
void output_reserve(struct output *output, size_t bytes);

#endif
