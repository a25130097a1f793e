/*
 * A hash map from short runs of bytes to pointers: what was found out once is
 * looked up from then on.
 *
 * Open addressing with linear probing; entries are never removed, so a probe
 * ends at the first free one. Keys are copied. Values belong to the caller,
 * unless cache_fini() is told how to free them.
 */
#ifndef EXPLORER_SYMBOLS_CACHE_H
#define EXPLORER_SYMBOLS_CACHE_H

#include <stddef.h>
#include <stdint.h>

struct cache_entry {
	uint64_t hash;
	void *key; /* NULL: the entry is free */
	size_t length;
	void *value;
};

/* Invariants: count * 4 <= capacity * 3; capacity is 0 or a power of two.
 * A zeroed struct cache is a valid empty one. */
struct cache {
	struct cache_entry *entries;
	size_t capacity;
	size_t count;
};

/* free_value may be NULL: the values are left alone. */
void cache_fini(struct cache *cache, void (*free_value)(void *value));

/* NULL if there is no such key. */
void *cache_get(const struct cache *cache, const void *key, size_t length);

/* The place for the value of a key, which is added with NULL if it is new.
 * Valid until the next cache_slot(). */
void **cache_slot(struct cache *cache, const void *key, size_t length);

/* A copy of a string that lives as long as the cache; equal strings have one
 * copy. A cache is used for this or for values, not for both. */
const char *cache_intern(struct cache *cache, const char *string,
			 size_t length);

#endif
