/*
 * explorer/trace/trace_read.c against mutations of good traces, always the
 * same ones: each is read or refused with a sentence, and what is read can be
 * written and read again.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/random.h"
#include "sample.h"
#include "trace/trace.h"

#define ROUNDS 4000

/* Words that get further than noise does. */
static const char *const words[] = {"explorer trace 1\n",
				    "schedule 3\n",
				    "steps 1\n",
				    "hashes 1\n",
				    "end ",
				    "T1",
				    "T65535",
				    "main",
				    "*16777216",
				    "*4294967296",
				    "/65535",
				    "-",
				    "->",
				    "0x",
				    "\"",
				    "\\x",
				    "\\",
				    "#",
				    "\n",
				    " ",
				    "18446744073709551615",
				    "99999999999999999999",
				    "output \"",
				    "value x integer ",
				    "visible ",
				    "0123456789abcdef"};

static void put_random(struct buffer *text, struct random *random)
{
	size_t word = random_below(random, sizeof(words) / sizeof(words[0]));
	uint8_t byte = (uint8_t)random_next(random);

	if (random_below(random, 3))
		buffer_put(text, words[word], strlen(words[word]));
	else
		buffer_put(text, &byte, 1);
}

/* Copies the text, with a few places changed, left out, repeated or
 * inserted. The checksum goes, as it would hide what lies behind it. */
static void mutate(const char *text, size_t length, struct random *random,
		   struct buffer *mutated)
{
	unsigned changes = 1 + random_below(random, 4);
	size_t checksum = length - 18;

	buffer_clear(mutated);
	for (size_t at = 0; at < length;) {
		size_t left = (at < checksum ? checksum : length) - at;
		size_t piece = 1 + random_below(random, (uint32_t)left);

		if (at == checksum) {
			buffer_put(mutated, "\n", 1);
			break;
		}
		buffer_put(mutated, text + at, piece);
		at += piece;
		if (!changes || at >= checksum)
			continue;
		changes--;
		switch (random_below(random, 4)) {
		case 0:
			put_random(mutated, random);
			break;
		case 1:
			at += 1 + random_below(random, 20);
			break;
		case 2:
			at -= random_below(random, (uint32_t)piece);
			break;
		default:
			put_random(mutated, random);
			at++;
		}
		if (at > checksum)
			at = checksum;
	}
}

static unsigned accepted;

static void assert_survives(const char *text, size_t length)
{
	struct trace trace;
	struct trace again;
	struct trace_error error = {.message = ""};
	char *written;
	size_t written_length;

	if (sample_read(text, length, &trace, &error) != 0) {
		cr_assert(error.message[0] != '\0');
		return;
	}
	accepted++;
	written = sample_text(&trace, &written_length);
	cr_assert(eq(int, sample_read(written, written_length, &again, &error),
		     0),
		  "line %u: %s\n%s", error.line, error.message, written);
	cr_assert(eq(u64, trace.final_hash, again.final_hash));
	trace_fini(&again);
	trace_fini(&trace);
	free(written);
}

static void fuzz(struct trace trace, uint64_t seed)
{
	struct buffer mutated = {0};
	struct random random;
	size_t length;
	char *text = sample_text(&trace, &length);

	random_seed(&random, seed);
	for (unsigned round = 0; round < ROUNDS; round++) {
		mutate(text, length, &random, &mutated);
		assert_survives((char *)mutated.data, mutated.length);
	}
	buffer_fini(&mutated);
	trace_fini(&trace);
	free(text);
	/* Mutations that were all refused would test little. */
	cr_assert(gt(uint, accepted, ROUNDS / 100));
}

Test(trace_fuzz, survives_changes_of_a_short_trace)
{
	fuzz(sample_trace(), 1);
}

Test(trace_fuzz, survives_changes_of_a_long_trace)
{
	struct trace trace = sample_long_trace(1100, true);

	for (size_t i = 20; i < trace.step_count; i++)
		step_fini(&trace.steps[i]);
	trace.step_count = 20;
	fuzz(trace, 2);
}

Test(trace_fuzz, survives_noise)
{
	struct buffer noise = {0};
	struct random random;

	random_seed(&random, 3);
	for (unsigned round = 0; round < ROUNDS; round++) {
		buffer_clear(&noise);
		buffer_put(&noise, "explorer trace 1\n", 17);
		for (unsigned i = random_below(&random, 40); i--;)
			put_random(&noise, &random);
		assert_survives((char *)noise.data, noise.length);
	}
	buffer_fini(&noise);
}
