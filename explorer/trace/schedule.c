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
	return (a.thread == b.thread) & (a.alternative == b.alternative);
}

size_t schedule_run(const struct choice *at, size_t length)
{
	size_t run = 1;

	while (run < length && same_choice(at[0], at[run]))
		run++;
	return run;
}

/* Runs are put together here before they go to the buffer: one call each would
 * take longer than the coding. */
struct piece {
	uint8_t bytes[1024];
	size_t length;
};

/* As many bytes as a number may take. */
#define NUMBER_BYTES 10

static void put_number(struct piece *piece, uint64_t number)
{
	while (number > 0x7f) {
		piece->bytes[piece->length++] = (uint8_t)(number | 0x80);
		number >>= 7;
	}
	piece->bytes[piece->length++] = (uint8_t)number;
}

static bool is_narrow(struct choice choice)
{
	return (choice.thread | choice.alternative) <= 0x7f;
}

/*
 * Puts runs all of whose numbers take a byte each, as many as there are and fit
 * in, and returns the number of choices in them. A random schedule is nothing
 * but short runs, and where one ends no processor can foresee: so each choice
 * writes the run as far as it is known, and whether the next one goes behind it
 * or over it is a sum and no jump.
 */
static size_t put_short_runs(struct piece *piece, const struct choice *at,
			     size_t length)
{
	uint8_t *out = piece->bytes + piece->length;
	const uint8_t *last = piece->bytes + sizeof(piece->bytes) - 3;
	size_t start = 0; /* of the run that `out` is for */

	for (size_t i = 0; i < length && is_narrow(at[i]) && i - start < 0x7f;
	     i++) {
		/* All ones if it is the run's choice: compilers make jumps of
		 * conditions. */
		size_t same = -(size_t)same_choice(at[i], at[start]);

		out += 3 & ~same;
		start = i - ((i - start) & same);
		if (out > last)
			break;
		out[0] = (uint8_t)(i - start + 1);
		out[1] = (uint8_t)at[i].thread;
		out[2] = (uint8_t)at[i].alternative;
	}
	/* The last run may go on: it is not counted. */
	piece->length = (size_t)(out - piece->bytes);
	return start;
}

static void flush(struct piece *piece, struct buffer *buffer)
{
	buffer_put(buffer, piece->bytes, piece->length);
	piece->length = 0;
}

void schedule_put(struct buffer *buffer, const struct choice *at, size_t length)
{
	struct piece piece;

	piece.length = 0;
	buffer_put_u64(buffer, length);
	for (size_t i = 0; i < length;) {
		size_t run;

		i += put_short_runs(&piece, at + i, length - i);
		run = schedule_run(at + i, length - i);
		if (piece.length + 3 * NUMBER_BYTES > sizeof(piece.bytes))
			flush(&piece, buffer);
		put_number(&piece, run);
		put_number(&piece, at[i].thread);
		put_number(&piece, at[i].alternative);
		i += run;
	}
	flush(&piece, buffer);
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

/* How many, at most `left`, of which choice; 0 fails the reader. */
static uint64_t get_run(struct reader *reader, uint64_t left,
			struct choice *ret_choice)
{
	const uint8_t *next = reader->next;
	uint64_t run;

	if (reader->end - next >= 3 &&
	    !((next[0] | next[1] | next[2]) & 0x80)) {
		run = next[0];
		*ret_choice = (struct choice){next[1], next[2]};
		reader->next += 3;
	} else {
		run = get_number(reader, left);
		ret_choice->thread = (uint16_t)get_number(reader, UINT16_MAX);
		ret_choice->alternative =
			(uint16_t)get_number(reader, UINT16_MAX);
	}
	reader->failed |= run == 0 || run > left;
	return reader->failed ? 0 : run;
}

void schedule_get(struct reader *reader, struct schedule *schedule)
{
	uint64_t left = reader_u64(reader);

	reader->failed |= left > SCHEDULE_LENGTH_MAX;
	while (left && !reader->failed) {
		struct choice choice;
		uint64_t run = get_run(reader, left, &choice);

		reserve(schedule, run);
		for (uint64_t i = 0; i < run; i++)
			schedule->at[schedule->length++] = choice;
		left -= run;
	}
}

void schedule_pass(struct reader *reader)
{
	uint64_t left = reader_u64(reader);

	reader->failed |= left > SCHEDULE_LENGTH_MAX;
	while (left && !reader->failed) {
		struct choice choice;

		left -= get_run(reader, left, &choice);
	}
}
