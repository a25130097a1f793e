/*
 * explorer/base/map.c
 */
#include "base/map.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

Test(map, zeroed_is_empty)
{
	struct map map = {0};

	cr_assert(eq(ptr, map_get(&map, 1), NULL));
	map_fini(&map);
}

Test(map, keeps_a_value_for_each_key)
{
	struct map map = {0};

	for (uint64_t key = 1; key <= 10000; key++)
		*map_put(&map, key * key) = key;
	cr_assert(eq(sz, map.count, 10000));
	for (uint64_t key = 1; key <= 10000; key++)
		cr_assert(eq(u64, *map_get(&map, key * key), key));
	cr_assert(eq(ptr, map_get(&map, 2), NULL));
	map_fini(&map);
}

Test(map, new_values_are_zero_and_known_ones_stay)
{
	struct map map = {0};

	cr_assert(eq(u64, *map_put(&map, 7), 0));
	*map_put(&map, 7) = 5;
	cr_assert(eq(u64, *map_put(&map, 7), 5));
	cr_assert(eq(sz, map.count, 1));
	map_fini(&map);
}

Test(map, takes_the_largest_key)
{
	struct map map = {0};

	*map_put(&map, UINT64_MAX) = 3;
	cr_assert(eq(u64, *map_get(&map, UINT64_MAX), 3));
	map_fini(&map);
}

/* Otherwise probing for a key that is not there would not end. */
Test(map, is_never_more_than_half_full)
{
	struct map map = {0};

	for (uint64_t key = 1; key <= 5000; key++) {
		map_put(&map, key << 40);
		cr_assert(le(sz, 2 * map.count, map.capacity));
		cr_assert(eq(sz, map.capacity & (map.capacity - 1), 0));
	}
	map_fini(&map);
}

Test(map, cleared_forgets_values_too)
{
	struct map map = {0};

	*map_put(&map, 1) = 9;
	map_clear(&map);
	cr_assert(eq(ptr, map_get(&map, 1), NULL));
	cr_assert(eq(u64, *map_put(&map, 1), 0));
	map_fini(&map);
}
