/*
 * A map from numbers to numbers. See map.h.
 */
#include "base/map.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"

#define CAPACITY_MIN 16

void map_fini(struct map *map)
{
	memory_free(map->entries, map->capacity * sizeof(*map->entries));
	*map = (struct map){0};
}

void map_clear(struct map *map)
{
	if (map->count > 0)
		memset(map->entries, 0, map->capacity * sizeof(*map->entries));
	map->count = 0;
}

static struct map_entry *place_of(const struct map *map, uint64_t key)
{
	size_t mask = map->capacity - 1;
	size_t i = hash_mix(key, 0) & mask;

	while (map->entries[i].key != key && map->entries[i].key != 0)
		i = (i + 1) & mask;
	return &map->entries[i];
}

static void grow(struct map *map)
{
	struct map old = *map;

	map->capacity = old.capacity ? 2 * old.capacity : CAPACITY_MIN;
	map->entries = memory_new(map->capacity * sizeof(*map->entries));
	for (size_t i = 0; i < old.capacity; i++)
		if (old.entries[i].key)
			*place_of(map, old.entries[i].key) = old.entries[i];
	map_fini(&old);
}

uint64_t *map_add(struct map *map, uint64_t key)
{
	struct map_entry *entry;

	assert(key != 0);
	if (2 * (map->count + 1) > map->capacity)
		grow(map);
	entry = place_of(map, key);
	entry->key = key;
	map->count++;
	return &entry->value;
}
