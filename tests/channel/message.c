/*
 * Messages: nothing is lost, and nothing that comes from a child whose memory
 * is corrupt does harm.
 */
#include "channel/message.h"
#include "channel/report_message.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "samples.h"

/* How many damaged bodies are tried of each kind. */
#define DAMAGED 4000

Test(message, taken_apart_and_put_together_is_the_same)
{
	for (size_t i = 0; i < sample_count; i++) {
		struct buffer body = {0};
		struct buffer again = {0};
		struct reader reader;

		samples[i].put(&body);
		reader = reader_of(body.data, body.length);
		samples[i].again(&reader, &again);
		cr_assert(not(reader.failed), "%s", samples[i].name);
		cr_assert(eq(ptr, (void *)reader.next, (void *)reader.end),
			  "%s has bytes that nobody reads", samples[i].name);
		cr_assert(eq(sz, body.length, again.length), "%s",
			  samples[i].name);
		cr_assert(
			eq(int, memcmp(body.data, again.data, body.length), 0),
			"%s", samples[i].name);
		buffer_fini(&body);
		buffer_fini(&again);
	}
}

Test(message, no_beginning_of_a_body_is_taken_for_a_whole_one)
{
	for (size_t i = 0; i < sample_count; i++) {
		struct buffer body = {0};

		samples[i].put(&body);
		for (size_t length = 0; length < body.length; length++) {
			/* A block of exactly that size, so that a reader that
			 * went past it would be noticed. */
			uint8_t *cut = memory_new(length);
			struct reader reader = reader_of(cut, length);
			struct buffer again = {0};

			memcpy(cut, body.data, length);
			samples[i].again(&reader, &again);
			cr_assert(reader.failed, "%s cut to %zu of %zu bytes",
				  samples[i].name, length, body.length);
			buffer_fini(&again);
			memory_free(cut, length);
		}
		buffer_fini(&body);
	}
}

/* What is not refused is a message like any other: put together again, it says
 * the same a second time. */
static void check_sense(const struct sample *sample, const struct buffer *body)
{
	struct reader reader = reader_of(body->data, body->length);
	struct buffer once = {0};
	struct buffer twice = {0};

	sample->again(&reader, &once);
	if (!reader.failed && once.length > 0) {
		reader = reader_of(once.data, once.length);
		sample->again(&reader, &twice);
		cr_assert(not(reader.failed), "%s", sample->name);
		cr_assert(eq(sz, once.length, twice.length), "%s",
			  sample->name);
		cr_assert(
			eq(int, memcmp(once.data, twice.data, once.length), 0));
	}
	buffer_fini(&once);
	buffer_fini(&twice);
}

Test(message, damaged_bodies_are_refused_or_make_sense)
{
	struct random random;

	random_seed(&random, 1);
	for (size_t i = 0; i < sample_count; i++) {
		for (unsigned n = 0; n < DAMAGED; n++) {
			struct buffer body = {0};
			unsigned changes = 1 + random_below(&random, 4);

			samples[i].put(&body);
			while (changes-- > 0) {
				uint32_t at = random_below(
					&random, (uint32_t)body.length);

				body.data[at] = (uint8_t)random_next(&random);
			}
			check_sense(&samples[i], &body);
			buffer_fini(&body);
		}
	}
}

Test(message, a_count_that_cannot_be_is_refused_before_memory_is_asked_for)
{
	struct buffer body = {0};
	struct reader reader;
	struct visible_set set;

	buffer_put_u32(&body, 1);
	buffer_put_u32(&body, 0);
	buffer_put_u32(&body, UINT32_MAX);
	reader = reader_of(body.data, body.length);
	visible_set_get(&reader, &set);
	cr_assert(reader.failed);
	cr_assert(eq(u32, set.range_count, 0));
	visible_set_fini(&set);
	buffer_fini(&body);
}

Test(message, an_enumerator_out_of_range_is_refused)
{
	struct finding_message finding = {.kind = FINDING_COUNT};
	struct buffer body = {0};
	struct reader reader;

	finding_put(&body, &finding);
	reader = reader_of(body.data, body.length);
	finding_get(&reader, &finding);
	cr_assert(reader.failed);
	finding_message_fini(&finding);
	buffer_fini(&body);
}

Test(message, a_string_with_a_zero_in_it_is_refused)
{
	struct unsupported unsupported;
	struct buffer body = {0};
	struct reader reader;

	buffer_put_block(&body, "ab\0c", 5);
	buffer_put_u32(&body, 0);
	buffer_put_u64(&body, 0);
	schedule_put(&body, NULL, 0);
	reader = reader_of(body.data, body.length);
	unsupported_get(&reader, &unsupported);
	cr_assert(reader.failed);
	unsupported_fini(&unsupported);
	buffer_fini(&body);
}

Test(message, another_version_says_so_and_no_more_is_read)
{
	struct buffer body = {0};
	struct hello hello;
	struct reader reader;

	buffer_put_u32(&body, CHANNEL_VERSION + 1);
	reader = reader_of(body.data, body.length);
	hello_get(&reader, &hello);
	cr_assert(not(reader.failed));
	cr_assert(eq(u32, hello.version, CHANNEL_VERSION + 1));
	cr_assert(eq(u32, hello.module_count, 0));
	hello_fini(&hello);
	buffer_fini(&body);
}
