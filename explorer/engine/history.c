/*
 * Reads-from and lost updates. See history.h.
 */
#include "engine/history.h"

#include <string.h>

#include "base/memory.h"
#include "engine/dependence.h"

#define SET_WORDS (THREADS_MAX / 64)

/* Of one byte of visible memory, in the execution `execution`. */
struct byte_history {
	uint64_t execution;
	uint64_t writer; /* step of the last write + 1; 0: none */
	uint64_t has_read[SET_WORDS]; /* threads that have read it */
	uint64_t stale[SET_WORDS]; /* another thread wrote since they did */
};

void history_begin(struct history *history)
{
	history->execution++;
}

static struct byte_history *byte_at(struct history *history, uintptr_t address)
{
	uint64_t *first = map_put(&history->granules, address / 8);
	struct byte_history *byte;

	if (!*first) {
		memory_reserve((void **)&history->bytes, &history->capacity,
			       history->count + 8, sizeof(*history->bytes));
		*first = history->count + 1;
		history->count += 8;
	}
	byte = &history->bytes[*first - 1 + address % 8];
	if (byte->execution != history->execution) {
		memset(byte, 0, sizeof(*byte));
		byte->execution = history->execution;
	}
	return byte;
}

static void note_read(struct byte_history *byte, uint32_t thread)
{
	byte->has_read[thread / 64] |= (uint64_t)1 << thread % 64;
	byte->stale[thread / 64] &= ~((uint64_t)1 << thread % 64);
}

static bool is_stale(const struct byte_history *byte, uint32_t thread)
{
	return byte->has_read[thread / 64] & byte->stale[thread / 64] &
	       (uint64_t)1 << thread % 64;
}

static void note_write(struct byte_history *byte, uint32_t thread,
		       uint64_t step)
{
	bool was_stale = byte->stale[thread / 64] & (uint64_t)1 << thread % 64;

	memset(byte->stale, 0xff, sizeof(byte->stale));
	if (!was_stale)
		byte->stale[thread / 64] &= ~((uint64_t)1 << thread % 64);
	byte->writer = step + 1;
}

static bool is_plain_write(const struct operation *operation)
{
	return operation->op == OP_WRITE || operation->op == OP_COPY;
}

struct verdict_of_access history_add(struct history *history,
				     const struct operation *operation,
				     uint32_t thread, uint64_t step)
{
	struct verdict_of_access verdict = {.reads_from = EVENT_NONE};
	bool reads = operation_is_read(operation);
	bool writes = operation_is_write(operation);

	for (uint64_t i = 0; operation->op == OP_COPY && i < operation->bytes;
	     i++) {
		struct byte_history *byte =
			byte_at(history, operation->source + i);

		if (i == 0 && byte->writer)
			verdict.reads_from = byte->writer - 1;
		note_read(byte, thread);
	}
	for (uint64_t i = 0; i < operation->bytes; i++) {
		struct byte_history *byte =
			byte_at(history, operation->address + i);

		if (reads && i == 0 && byte->writer)
			verdict.reads_from = byte->writer - 1;
		if (is_plain_write(operation) && is_stale(byte, thread))
			verdict.lost_update = true;
		if (reads)
			note_read(byte, thread);
		if (writes)
			note_write(byte, thread, step);
	}
	return verdict;
}
