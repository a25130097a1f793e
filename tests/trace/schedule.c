/*
 * explorer/trace/schedule.c
 */
#include "trace/schedule.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "base/random.h"

static bool schedules_equal(const struct schedule *a, const struct schedule *b)
{
	return a->length == b->length &&
	       (!a->length ||
		memcmp(a->at, b->at, a->length * sizeof(*a->at)) == 0);
}

static void fill(struct schedule *schedule, struct random *random,
		 unsigned length)
{
	struct choice choice = {0};

	for (unsigned i = 0; i < length; i++) {
		if (random_below(random, 3) == 0) {
			choice.thread = (uint16_t)random_next(random);
			choice.alternative =
				(uint16_t)(random_below(random, 4)
						   ? 0
						   : random_next(random));
		}
		schedule_add(schedule, choice);
	}
}

Test(schedule, coded_and_decoded_is_the_same)
{
	struct random random;

	random_seed(&random, 7);
	for (unsigned length = 0; length < 300; length += 13) {
		struct schedule schedule = {0};
		struct schedule decoded = {0};
		struct buffer buffer = {0};
		struct reader reader;

		fill(&schedule, &random, length);
		schedule_put(&buffer, schedule.at, schedule.length);
		reader = reader_of(buffer.data, buffer.length);
		schedule_get(&reader, &decoded);
		cr_assert(not(reader.failed));
		cr_assert(eq(ptr, (void *)reader.next, (void *)reader.end));
		cr_assert(schedules_equal(&schedule, &decoded));
		schedule_fini(&schedule);
		schedule_fini(&decoded);
		buffer_fini(&buffer);
	}
}

Test(schedule, a_run_takes_three_bytes)
{
	struct schedule schedule = {0};
	struct buffer buffer = {0};

	for (unsigned i = 0; i < 1000; i++)
		schedule_add(&schedule,
			     (struct choice){.thread = 1 + (i / 100) % 2});
	schedule_put(&buffer, schedule.at, schedule.length);
	cr_assert(eq(sz, buffer.length, 8 + 10 * 3));
	schedule_fini(&schedule);
	buffer_fini(&buffer);
}

/* Every byte string is either a schedule or refused, and never asks for more
 * than a schedule may have; and passing over it comes to the same. */
Test(schedule, survives_any_bytes)
{
	struct random random;

	random_seed(&random, 11);
	for (unsigned round = 0; round < 3000; round++) {
		struct schedule schedule = {0};
		struct buffer buffer = {0};
		struct reader reader;
		struct reader passing;

		buffer_put_u64(&buffer, random_below(&random, 2000));
		for (unsigned i = random_below(&random, 60); i--;) {
			uint8_t byte = (uint8_t)random_next(&random);

			/* Mostly small numbers, which get further. */
			byte &= random_below(&random, 4) ? 0x1f : 0xff;
			buffer_put(&buffer, &byte, 1);
		}
		reader = reader_of(buffer.data, buffer.length);
		schedule_get(&reader, &schedule);
		cr_assert(le(sz, schedule.length, 2000));
		passing = reader_of(buffer.data, buffer.length);
		schedule_pass(&passing);
		cr_assert(eq(int, passing.failed, reader.failed));
		cr_assert(eq(ptr, (void *)passing.next, (void *)reader.next));
		schedule_fini(&schedule);
		buffer_fini(&buffer);
	}
}

static bool refused(const struct buffer *buffer)
{
	struct schedule schedule = {0};
	struct reader reader = reader_of(buffer->data, buffer->length);

	schedule_get(&reader, &schedule);
	schedule_fini(&schedule);
	return reader.failed;
}

Test(schedule, damage_is_refused)
{
	struct buffer buffer = {0};

	buffer_put_u64(&buffer, SCHEDULE_LENGTH_MAX + 1ULL);
	cr_assert(refused(&buffer));

	buffer_clear(&buffer);
	buffer_put_u64(&buffer, 2); /* a run longer than what is left */
	buffer_put(&buffer, "\3\1\0", 3);
	cr_assert(refused(&buffer));

	buffer_clear(&buffer);
	buffer_put_u64(&buffer, 2); /* a run of nothing */
	buffer_put(&buffer, "\0\1\0\2\1\0", 6);
	cr_assert(refused(&buffer));

	buffer_clear(&buffer);
	buffer_put_u64(&buffer, 2); /* thread 65536 */
	buffer_put(&buffer, "\2\x80\x80\4\0", 5);
	cr_assert(refused(&buffer));

	buffer_clear(&buffer);
	buffer_put_u64(&buffer, 2); /* cut short */
	buffer_put(&buffer, "\1\1\0\1\1", 5);
	cr_assert(refused(&buffer));
	buffer_put(&buffer, "\0", 1);
	cr_assert(not(refused(&buffer)));
	buffer_fini(&buffer);
}

Test(schedule, set_replaces)
{
	static const struct choice choices[] = {{1, 0}, {2, 3}};
	struct schedule schedule = {0};

	for (unsigned i = 0; i < 50; i++)
		schedule_add(&schedule, (struct choice){0});
	schedule_set(&schedule, choices, 2);
	cr_assert(eq(sz, schedule.length, 2));
	cr_assert(eq(u16, schedule.at[1].thread, 2));
	cr_assert(eq(u16, schedule.at[1].alternative, 3));
	schedule_set(&schedule, NULL, 0);
	cr_assert(eq(sz, schedule.length, 0));
	schedule_fini(&schedule);
}

Test(schedule, runs_end_where_thread_or_alternative_change)
{
	static const struct choice choices[] = {{1, 0}, {1, 0}, {1, 2}, {3, 2}};

	cr_assert(eq(sz, schedule_run(choices, 4), 2));
	cr_assert(eq(sz, schedule_run(choices, 1), 1));
	cr_assert(eq(sz, schedule_run(choices + 2, 2), 1));
}
