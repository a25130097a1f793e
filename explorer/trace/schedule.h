/*
 * A schedule: which thread moves at each step, and which of the results its
 * operation may have. The same program run under the same schedule, with the
 * same set of visible memory, does the same, byte for byte.
 */
#ifndef EXPLORER_TRACE_SCHEDULE_H
#define EXPLORER_TRACE_SCHEDULE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* One step: thread number in creation order (0 is main, 1 is T1 ...) and the
 * alternative (0 unless the operation has several possible results). */
struct choice {
	uint16_t thread;
	uint16_t alternative;
};

/* No schedule is longer: --max-steps goes up to here, and what is read from
 * outside is refused beyond it. */
#define SCHEDULE_LENGTH_MAX (16U << 20)

/* In one piece: see struct operation in runtime/operation.h. */
static inline struct choice choice_of(uint32_t thread, uint32_t alternative)
{
	uint32_t word = (thread & 0xffff) | alternative << 16;
	struct choice choice;

	__builtin_memcpy(&choice, &word, sizeof(choice));
	return choice;
}

/* Invariants: length <= capacity. Zeroed is valid and empty. */
struct schedule {
	struct choice *at;
	size_t length;
	size_t capacity;
};

void schedule_fini(struct schedule *schedule);
void schedule_add(struct schedule *schedule, struct choice choice);
/* Replaces *schedule by a copy of the `length` choices at `from`. */
void schedule_set(struct schedule *schedule, const struct choice *from,
		  size_t length);

/* How many choices from the first one on are equal to it; length > 0. */
size_t schedule_run(const struct choice *at, size_t length);

/* Run-length coded bytes for messages and saved searches. */
void schedule_put(struct buffer *buffer, const struct choice *at,
		  size_t length);
/* Appends to *schedule what schedule_put() wrote; a malformed one sets
 * reader->failed. */
void schedule_get(struct reader *reader, struct schedule *schedule);
/* Passes over it, no less critically. */
void schedule_pass(struct reader *reader);

#endif
