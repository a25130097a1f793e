/*
 * Schedules, and their run-length coding.
 *
 * Coded, a schedule is its length (u64) and then, for each run of equal
 * choices, three numbers: how many, which thread, which alternative. Each is
 * stored seven bits a byte, low bits first, the high bit set on all bytes but
 * the last; a random schedule then takes three bytes a run.
 */
#include "trace/schedule.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"

static void reserve(struct schedule *schedule, size_t more)
{
	/* A struct choice * may not be written through a void **. */
	void *at = schedule->at;

	memory_reserve(&at, &schedule->capacity, schedule->length + more,
		       sizeof(*schedule->at));
	schedule->at = at;
}

void schedule_fini(struct schedule *schedule)
{
	memory_free(schedule->at, schedule->capacity * sizeof(*schedule->at));
	*schedule = (struct schedule){0};
}

void schedule_add(struct schedule *schedule, struct choice choice)
{
	if (schedule->length == schedule->capacity)
		reserve(schedule, 1);
	schedule->at[schedule->length++] = choice;
}

void schedule_set(struct schedule *schedule, const struct choice *from,
		  size_t length)
{
	assert(length == 0 || from != schedule->at);
	schedule->length = 0;
	if (!length)
		return;
	reserve(schedule, length);
	memcpy(schedule->at, from, length * sizeof(*from));
	schedule->length = length;
}

static bool same_choice(struct choice a, struct choice b)
{
	return a.thread == b.thread && a.alternative == b.alternative;
}

size_t schedule_run(const struct choice *at, size_t length)
{
	size_t run = 1;

	while (run < length && same_choice(at[0], at[run]))
		run++;
	return run;
}

static void put_number(struct buffer *buffer, uint64_t number)
{
	uint8_t bytes[10];
	size_t length = 0;

	do {
		bytes[length] = number & 0x7f;
		number >>= 7;
		if (number)
			bytes[length] |= 0x80;
		length++;
	} while (number);
	buffer_put(buffer, bytes, length);
}

void schedule_put(struct buffer *buffer, const struct choice *at, size_t length)
{
	buffer_put_u64(buffer, length);
	for (size_t i = 0; i < length;) {
		size_t run = schedule_run(at + i, length - i);

		put_number(buffer, run);
		put_number(buffer, at[i].thread);
		put_number(buffer, at[i].alternative);
		i += run;
	}
}

/* A number of at most `most`; anything else fails the reader. */
static uint64_t get_number(struct reader *reader, uint64_t most)
{
	uint64_t number = 0;

	for (unsigned shift = 0; shift < 32; shift += 7) {
		const uint8_t *byte = reader_bytes(reader, 1);

		if (!byte)
			return 0;
		number |= (uint64_t)(*byte & 0x7f) << shift;
		if (!(*byte & 0x80)) {
			reader->failed |= number > most;
			return reader->failed ? 0 : number;
		}
	}
	reader->failed = true;
	return 0;
}

void schedule_get(struct reader *reader, struct schedule *schedule)
{
	uint64_t left = reader_u64(reader);

	reader->failed |= left > SCHEDULE_LENGTH_MAX;
	while (left && !reader->failed) {
		uint64_t run = get_number(reader, left);
		struct choice choice;

		choice.thread = (uint16_t)get_number(reader, UINT16_MAX);
		choice.alternative = (uint16_t)get_number(reader, UINT16_MAX);
		reader->failed |= run == 0;
		if (reader->failed)
			return;
		reserve(schedule, run);
		left -= run;
		while (run--)
			schedule_add(schedule, choice);
	}
}
