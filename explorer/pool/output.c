/*
 * What a native run writes.
 */
#include "pool/output.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/memory.h"
#include "channel/report_message.h"

/* As hash_bytes() of all bytes with the seed 0 would have it. The state must be
 * aligned more strictly than our memory is. */
struct output_digest {
	XXH3_state_t *state;
};

void output_init(struct output *output, int pipe)
{
	*output = (struct output){.pipe = pipe};
	output->digest = memory_new(sizeof(*output->digest));
	output->digest->state = XXH3_createState();
	assert(output->digest->state);
	XXH3_64bits_reset(output->digest->state);
}

void output_fini(struct output *output)
{
	close(output->pipe);
	buffer_fini(&output->kept);
	XXH3_freeState(output->digest->state);
	memory_free(output->digest, sizeof(*output->digest));
}

static void take(struct output *output, const uint8_t *bytes, size_t length)
{
	size_t room = OUTPUT_KEPT - output->kept.length;

	buffer_put(&output->kept, bytes, length < room ? length : room);
	output->total += length;
	XXH3_64bits_update(output->digest->state, bytes, length);
}

void output_read(struct output *output)
{
	uint8_t piece[4096];

	while (!output->is_at_end) {
		ssize_t got = read(output->pipe, piece, sizeof(piece));

		if (got > 0)
			take(output, piece, (size_t)got);
		else if (got == 0 || (errno != EAGAIN && errno != EINTR))
			output->is_at_end = true;
		else if (errno == EAGAIN)
			return;
	}
}

void output_give(struct output *output, struct outcome *outcome)
{
	if (output->total > output->kept.length) {
		outcome->output_total = output->total;
		outcome->output_digest =
			XXH3_64bits_digest(output->digest->state);
	}
	free(outcome->output);
	outcome->output = output->kept.data;
	outcome->output_length = output->kept.length;
	output->kept = (struct buffer){0};
}
