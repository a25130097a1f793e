/*
 * Digests of bytes, by xxHash (XXH3).
 */
#ifndef EXPLORER_BASE_HASH_H
#define EXPLORER_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* A 64-bit digest of the bytes; not for adversaries. */
uint64_t hash_bytes(const void *bytes, size_t length, uint64_t seed);

/* 128 bits, where collisions are to be out of the question. */
struct digest {
	uint64_t low;
	uint64_t high;
};

struct digest hash_bytes_wide(const void *bytes, size_t length, uint64_t seed);
/* The same of 64 bytes. */
struct digest hash_line(const void *bytes, uint64_t seed);

/* Adds one digest to a sum of digests, or takes it out again. */
static inline void digest_toggle(struct digest *sum, struct digest digest)
{
	sum->low ^= digest.low;
	sum->high ^= digest.high;
}

/* Mixes two numbers into one (the finaliser of splitmix64). */
static inline uint64_t hash_mix(uint64_t a, uint64_t b)
{
	uint64_t x = a ^ (b * 0x9e3779b97f4a7c15U);

	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
	return x ^ (x >> 31);
}

#endif
