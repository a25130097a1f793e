/*
 * explorer/base/hash.c
 */
#include "base/hash.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

/* Traces carry these digests from one machine to another. */
Test(hash, is_xxh3)
{
	cr_assert(eq(u64, hash_bytes("", 0, 0), 0x2d06800538d394c2U));
}

Test(hash, depends_on_every_byte_and_on_the_seed)
{
	char bytes[300];
	uint64_t first;

	memset(bytes, 'a', sizeof(bytes));
	first = hash_bytes(bytes, sizeof(bytes), 0);
	cr_assert(ne(u64, hash_bytes(bytes, sizeof(bytes), 1), first));
	cr_assert(ne(u64, hash_bytes(bytes, sizeof(bytes) - 1, 0), first));
	for (size_t i = 0; i < sizeof(bytes); i++) {
		bytes[i] = 'b';
		cr_assert(ne(u64, hash_bytes(bytes, sizeof(bytes), 0), first));
		bytes[i] = 'a';
	}
}

Test(hash, mixing_tells_order_apart)
{
	cr_assert(ne(u64, hash_mix(1, 2), hash_mix(2, 1)));
	cr_assert(ne(u64, hash_mix(hash_mix(0, 1), 2),
		     hash_mix(hash_mix(0, 2), 1)));
}
