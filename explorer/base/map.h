/*
 * A map from numbers other than 0 to numbers: open addressing with linear
 * probing, never more than half full. Entries are not removed one by one.
 */
#ifndef EXPLORER_BASE_MAP_H
#define EXPLORER_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"

struct map_entry {
	uint64_t key; /* 0: empty */
	uint64_t value;
};

/* Invariants: capacity is 0 or a power of two; 2 * count <= capacity. Zeroed
 * is valid and empty. */
struct map {
	struct map_entry *entries;
	size_t capacity;
	size_t count;
};

void map_fini(struct map *map);
/* Takes out all entries; the memory stays. */
void map_clear(struct map *map);

/* The value's place, valid until the next map_add(); NULL if there is none.
 * key is not 0. */
static inline uint64_t *map_get(const struct map *map, uint64_t key)
{
	size_t mask = map->capacity - 1;

	if (map->count == 0)
		return NULL;
	for (size_t i = hash_mix(key, 0) & mask;; i = (i + 1) & mask) {
		struct map_entry *entry = &map->entries[i];

		if (entry->key == key)
			return &entry->value;
		if (entry->key == 0)
			return NULL;
	}
}

/* Adds a key that is not there, with the value 0. */
uint64_t *map_add(struct map *map, uint64_t key);

/* As map_get(), but adds the key with the value 0 if it is new. */
static inline uint64_t *map_put(struct map *map, uint64_t key)
{
	uint64_t *known = map_get(map, key);

	return known ? known : map_add(map, key);
}

#endif
