/*
 * Findings. See finding.h.
 */
#include "engine/finding.h"

#include <string.h>

#include "base/hash.h"
#include "base/memory.h"

static uint64_t mixed_key(enum finding_kind kind, uint64_t key)
{
	uint64_t mixed = hash_mix(key, (uint64_t)kind + 1);

	return mixed ? mixed : 1;
}

static uint64_t *place_of_key(struct findings *findings, enum finding_kind kind,
			      uint64_t key)
{
	return map_put(&findings->known, mixed_key(kind, key));
}

static struct finding_entry *add(struct findings *findings)
{
	memory_reserve((void **)&findings->at, &findings->capacity,
		       findings->count + 1, sizeof(*findings->at));
	findings->at[findings->count] = (struct finding_entry){0};
	return &findings->at[findings->count++];
}

static struct part *copy_parts(const struct part *parts, uint32_t count)
{
	struct part *copy = memory_new(count * sizeof(*parts));

	if (count > 0)
		memcpy(copy, parts, count * sizeof(*parts));
	return copy;
}

static void add_sighting(struct findings *findings, struct sighting sighting)
{
	size_t place = findings->path_count;

	memory_reserve((void **)&findings->path, &findings->path_capacity,
		       findings->path_count + 1, sizeof(*findings->path));
	for (; place > 0 && findings->path[place - 1].depth > sighting.depth;
	     place--)
		findings->path[place] = findings->path[place - 1];
	findings->path[place] = sighting;
	findings->path_count++;
}

uint32_t findings_see(struct findings *findings, enum finding_kind kind,
		      uint64_t key, size_t depth, const struct part *parts,
		      uint32_t part_count)
{
	uint64_t *id = place_of_key(findings, kind, key);
	struct finding_entry *entry;

	if (!*id) {
		entry = add(findings);
		entry->kind = kind;
		entry->key = key;
		entry->part_count = part_count;
		entry->parts = copy_parts(parts, part_count);
		*id = findings->count;
	}
	findings_see_again(findings, (uint32_t)(*id - 1), depth);
	return (uint32_t)(*id - 1);
}

bool findings_has_counted(const struct findings *findings,
			  enum finding_kind kind, uint64_t key)
{
	const uint64_t *id = map_get(&findings->known, mixed_key(kind, key));

	return id && findings->at[*id - 1].told > 0 &&
	       findings->at[*id - 1].count > 0;
}

void findings_see_again(struct findings *findings, uint32_t number,
			size_t depth)
{
	struct finding_entry *entry = &findings->at[number];

	if (entry->on_path)
		return;
	entry->on_path = true;
	add_sighting(findings, (struct sighting){depth, number});
}

void findings_remember(struct findings *findings, const uint64_t *words,
		       uint32_t number)
{
	findings->recent[(words[0] + words[1]) % RECENT_FINDINGS] =
		(struct recent_finding){
			{words[0], words[1]}, findings->forgotten, number + 1};
}

static void forget_last(struct findings *findings)
{
	uint32_t id = findings->path[--findings->path_count].id;

	findings->at[id].on_path = false;
	findings->forgotten++;
}

void findings_rewind(struct findings *findings, size_t depth)
{
	while (findings->path_count > 0 &&
	       findings->path[findings->path_count - 1].depth > depth)
		forget_last(findings);
}

void findings_forget(struct findings *findings)
{
	while (findings->path_count > 0)
		forget_last(findings);
}

void findings_finish(struct findings *findings)
{
	for (size_t i = 0; i < findings->path_count; i++)
		findings->at[findings->path[i].id].count++;
}

static void free_entry(const struct finding_entry *entry)
{
	memory_free(entry->parts, entry->part_count * sizeof(*entry->parts));
	memory_free(entry->details,
		    entry->details ? entry->part_count * sizeof(*entry->details)
				   : 0);
}

void findings_clear(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		free_entry(&findings->at[i]);
	map_clear(&findings->known);
	memset(findings->recent, 0, sizeof(findings->recent));
	findings->count = 0;
	findings->told_count = 0;
	findings->forgotten++;
	findings->path_count = 0;
}

void findings_reset_counts(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		findings->at[i].count = 0;
}

void findings_save(const struct findings *findings, struct buffer *buffer)
{
	buffer_put_u64(buffer, findings->count);
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding_entry *entry = &findings->at[i];

		buffer_put_u32(buffer, entry->kind);
		buffer_put_u64(buffer, entry->key);
		buffer_put_u64(buffer, entry->count);
		buffer_put_u32(buffer, entry->told);
		buffer_put(buffer, &entry->failure, sizeof(entry->failure));
		buffer_put(buffer, &entry->block, sizeof(entry->block));
		buffer_put_block(buffer, entry->parts,
				 entry->part_count * sizeof(*entry->parts));
	}
}

static void load_entry(struct findings *findings, struct reader *reader)
{
	uint32_t kind = reader_u32(reader);
	uint64_t key = reader_u64(reader);
	uint64_t count = reader_u64(reader);
	uint32_t told = reader_u32(reader);
	const void *failure = reader_bytes(reader, sizeof(struct failure));
	const void *block = reader_bytes(reader, sizeof(struct block_facts));
	size_t length;
	const void *parts = reader_block(reader, &length);
	struct finding_entry *entry;

	if (reader->failed)
		return;
	entry = add(findings);
	entry->kind = kind;
	entry->key = key;
	entry->count = count;
	entry->told = told;
	if (findings->told_count < told)
		findings->told_count = told;
	memcpy(&entry->failure, failure, sizeof(entry->failure));
	memcpy(&entry->block, block, sizeof(entry->block));
	entry->part_count = (uint32_t)(length / sizeof(*entry->parts));
	entry->parts = memory_new(length);
	memcpy(entry->parts, parts, length);
	*place_of_key(findings, entry->kind, key) = findings->count;
}

void findings_load(struct findings *findings, struct reader *reader)
{
	uint64_t count = reader_u64(reader);

	findings_clear(findings);
	for (uint64_t i = 0; i < count && !reader->failed; i++)
		load_entry(findings, reader);
}
