/*
 * xxHash, inlined: nothing of it is exported from the library, and it runs
 * without malloc.
 */
#include "base/hash.h"

#define XXH_INLINE_ALL
#define XXH_NO_STREAM
#include <xxhash.h>

uint64_t hash_bytes(const void *bytes, size_t length, uint64_t seed)
{
	return XXH3_64bits_withSeed(bytes, length, seed);
}

struct digest hash_bytes_wide(const void *bytes, size_t length, uint64_t seed)
{
	XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, length, seed);

	return (struct digest){hash.low64, hash.high64};
}

struct digest hash_line(const void *bytes, uint64_t seed)
{
	XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, 64, seed);

	return (struct digest){hash.low64, hash.high64};
}
