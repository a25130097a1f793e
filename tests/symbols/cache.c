#include "symbols/cache.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdint.h>

Test(cache, finds_what_was_put_in)
{
	struct cache cache = {0};
	uint64_t values[1000];

	for (uint64_t i = 0; i < 1000; i++)
		*cache_slot(&cache, &i, sizeof(i)) = &values[i];
	for (uint64_t i = 0; i < 1000; i++)
		cr_assert(
			eq(ptr, cache_get(&cache, &i, sizeof(i)), &values[i]));
	cr_assert(eq(sz, cache.count, 1000));
	cache_fini(&cache, NULL);
}

Test(cache, tells_keys_of_different_lengths_apart)
{
	struct cache cache = {0};
	int value;

	*cache_slot(&cache, "abc", 3) = &value;
	cr_assert(eq(ptr, cache_get(&cache, "ab", 2), NULL));
	cr_assert(eq(ptr, cache_get(&cache, "abcd", 4), NULL));
	cr_assert(eq(ptr, cache_get(&cache, "abc", 3), &value));
	cache_fini(&cache, NULL);
}

Test(cache, is_empty_when_zeroed)
{
	struct cache cache = {0};

	cr_assert(eq(ptr, cache_get(&cache, "x", 1), NULL));
	cache_fini(&cache, NULL);
}

Test(cache, keeps_one_copy_of_a_string)
{
	struct cache cache = {0};
	char text[] = "name@VERSION";
	const char *first = cache_intern(&cache, text, 4);

	text[0] = 'g';
	cr_assert(eq(str, (char *)first, "name"));
	cr_assert(eq(ptr, (void *)cache_intern(&cache, "name", 4),
		     (void *)first));
	cr_assert(
		ne(ptr, (void *)cache_intern(&cache, text, 4), (void *)first));
	cache_fini(&cache, NULL);
}
