#include "symbols/cache.h"

#include <string.h>

#include "base/hash.h"
#include "base/memory.h"

#define FIRST_CAPACITY 64

void cache_fini(struct cache *cache, void (*free_value)(void *value))
{
	for (size_t i = 0; i < cache->capacity; i++) {
		struct cache_entry *entry = &cache->entries[i];

		if (!entry->key)
			continue;
		memory_free(entry->key, entry->length + 1);
		if (free_value)
			free_value(entry->value);
	}
	memory_free(cache->entries, cache->capacity * sizeof(*cache->entries));
	*cache = (struct cache){0};
}

/* The entry of the key, or the free one where it would go. */
static struct cache_entry *probe(const struct cache *cache, uint64_t hash,
				 const void *key, size_t length)
{
	size_t mask = cache->capacity - 1;

	for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
		struct cache_entry *entry = &cache->entries[i];

		if (!entry->key)
			return entry;
		if (entry->hash == hash && entry->length == length &&
		    memcmp(entry->key, key, length) == 0)
			return entry;
	}
}

static void grow(struct cache *cache)
{
	struct cache old = *cache;

	cache->capacity = old.capacity ? old.capacity * 2 : FIRST_CAPACITY;
	cache->entries = memory_new(cache->capacity * sizeof(*cache->entries));
	for (size_t i = 0; i < old.capacity; i++) {
		const struct cache_entry *entry = &old.entries[i];

		if (entry->key)
			*probe(cache, entry->hash, entry->key, entry->length) =
				*entry;
	}
	memory_free(old.entries, old.capacity * sizeof(*old.entries));
}

void *cache_get(const struct cache *cache, const void *key, size_t length)
{
	if (!cache->capacity)
		return NULL;
	return probe(cache, hash_bytes(key, length, 0), key, length)->value;
}

void **cache_slot(struct cache *cache, const void *key, size_t length)
{
	uint64_t hash = hash_bytes(key, length, 0);
	struct cache_entry *entry;

	if ((cache->count + 1) * 4 > cache->capacity * 3)
		grow(cache);
	entry = probe(cache, hash, key, length);
	if (!entry->key) {
		entry->hash = hash;
		entry->key = memory_new(length + 1);
		memcpy(entry->key, key, length);
		entry->length = length;
		cache->count++;
	}
	return &entry->value;
}

const char *cache_intern(struct cache *cache, const char *string, size_t length)
{
	cache_slot(cache, string, length);
	return probe(cache, hash_bytes(string, length, 0), string, length)->key;
}
