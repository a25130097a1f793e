/*
 * Counting outcomes. See outcome.h.
 */
#include "engine/outcome.h"

#include "base/hash.h"
#include "base/memory.h"

void outcomes_clear(struct outcomes *outcomes)
{
	map_clear(&outcomes->known);
	outcomes->count = 0;
}

static struct outcome_count *add(struct outcomes *outcomes)
{
	memory_reserve((void **)&outcomes->at, &outcomes->capacity,
		       outcomes->count + 1, sizeof(*outcomes->at));
	return &outcomes->at[outcomes->count++];
}

static uint64_t nonzero(uint64_t digest)
{
	return digest ? digest : 1;
}

/* Two digests tell outcomes apart; where the first ones meet by chance, the
 * next number is tried. */
uint32_t outcomes_count(struct outcomes *outcomes, const struct buffer *bytes,
			bool lost_update, bool *ret_new)
{
	uint64_t key = hash_bytes(bytes->data, bytes->length, 1);
	uint64_t check = hash_bytes(bytes->data, bytes->length, 2);
	struct outcome_count *outcome;
	uint64_t *id;

	for (;; key++) {
		id = map_put(&outcomes->known, nonzero(key));
		if (*id == 0 || outcomes->at[*id - 1].check == check)
			break;
	}
	*ret_new = *id == 0;
	if (*ret_new) {
		outcome = add(outcomes);
		*outcome = (struct outcome_count){.check = check};
		*id = outcomes->count;
	}
	outcome = &outcomes->at[*id - 1];
	outcome->count++;
	outcome->lost_updates += lost_update;
	return (uint32_t)(*id - 1);
}

void outcomes_save(const struct outcomes *outcomes, struct buffer *buffer)
{
	buffer_put_u64(buffer, outcomes->count);
	buffer_put(buffer, outcomes->at,
		   outcomes->count * sizeof(*outcomes->at));
	buffer_put_u64(buffer, outcomes->known.count);
	for (size_t i = 0; i < outcomes->known.capacity; i++)
		if (outcomes->known.entries[i].key)
			buffer_put(buffer, &outcomes->known.entries[i],
				   sizeof(outcomes->known.entries[i]));
}

void outcomes_load(struct outcomes *outcomes, struct reader *reader)
{
	uint64_t count = reader_u64(reader);

	outcomes_clear(outcomes);
	for (uint64_t i = 0; i < count && !reader->failed; i++) {
		const struct outcome_count *saved =
			reader_bytes(reader, sizeof(*saved));

		if (saved)
			__builtin_memcpy(add(outcomes), saved, sizeof(*saved));
	}
	count = reader_u64(reader);
	for (uint64_t i = 0; i < count && !reader->failed; i++) {
		uint64_t key = reader_u64(reader);
		uint64_t id = reader_u64(reader);

		if (key)
			*map_put(&outcomes->known, key) = id;
	}
}
