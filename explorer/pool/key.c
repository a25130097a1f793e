/*
 * What makes an outcome or a finding the same as another (see merge.h).
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "pool/merge.h"

static uint64_t digest_and_free(struct buffer *key)
{
	uint64_t digest = hash_bytes(key->data, key->length, 0);

	buffer_fini(key);
	return digest;
}

uint64_t outcome_key(const struct outcome *outcome)
{
	struct buffer key = {0};

	buffer_put_u32(&key, outcome->end);
	buffer_put_u32(&key, outcome->has_status);
	buffer_put_u32(&key, (uint32_t)outcome->status);
	buffer_put_u64(&key, outcome->value_count);
	for (size_t i = 0; i < outcome->value_count; i++) {
		buffer_put_string(&key, outcome->values[i].name);
		buffer_put_u32(&key, outcome->values[i].kind);
		buffer_put_string(&key, outcome->values[i].text);
	}
	buffer_put_block(&key, outcome->output, outcome->output_length);
	buffer_put_u64(&key, outcome->output_total);
	buffer_put_u64(&key, outcome->output_digest);
	return digest_and_free(&key);
}

static void put_place(struct buffer *key, const struct source_place *place)
{
	buffer_put_string(key, place->file);
	buffer_put_string(key, place->function);
	buffer_put_u32(key, place->line);
}

static bool is_of_identifier(char character)
{
	return isalnum((unsigned char)character) || character == '_';
}

/* A name without its numbers: a line that races on the elements of an array,
 * or on a new block each time, is one place. "a[3].b2" and "a[12].b2" are both
 * "a[].b2", "heap 0.3+8" is "heap .+". */
static void put_variable(struct buffer *key, const char *name)
{
	char before = ' ';

	for (; name && *name; name++) {
		if (isdigit((unsigned char)*name) && !is_of_identifier(before))
			continue;
		before = *name;
		buffer_put(key, name, 1);
	}
	buffer_put(key, "", 1);
}

/* What was done there is not asked: x += 1 is one place, whether its read or
 * its write came to race. */
static uint64_t access_key(const struct access *access)
{
	struct buffer key = {0};

	put_variable(&key, access->variable);
	put_place(&key, &access->place);
	return digest_and_free(&key);
}

static uint64_t blocked_key(const struct blocked_thread *blocked)
{
	struct buffer key = {0};

	buffer_put_string(&key, blocked->waits_for);
	put_place(&key, &blocked->place);
	return digest_and_free(&key);
}

static bool has_place(const struct finding *finding)
{
	return finding->place.file || finding->place.function;
}

uint64_t finding_key(const struct finding *finding)
{
	struct buffer key = {0};
	uint64_t sides = 0;

	/* A sum does not depend on the order. */
	for (size_t i = 0; i < finding->access_count; i++)
		sides += access_key(&finding->accesses[i]);
	for (size_t i = 0; i < finding->thread_count; i++)
		sides += blocked_key(&finding->threads[i]);
	buffer_put_u32(&key, finding->kind);
	buffer_put_u64(&key, sides);
	/* The place of a race is that of its first access. */
	if (finding->access_count + finding->thread_count == 0) {
		put_place(&key, &finding->place);
		/* What is said may name an address or a thread, so it decides
		 * only where there is nothing better. */
		if (finding->kind == FINDING_MISUSE)
			buffer_put_u32(&key, (uint32_t)finding->misuse);
		if (!has_place(finding))
			buffer_put_string(&key, finding->message);
	}
	return digest_and_free(&key);
}
