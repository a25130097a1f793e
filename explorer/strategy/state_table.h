/*
 * Which states were seen, in 16 bytes each: 96 bits of the state's digest and
 * 32 bits of the search's own.
 *
 * Extendible hashing (Fagin, Nievergelt, Pippenger, Strong, TODS 1979): the
 * leading bits of the digest choose a segment by way of a directory; within the
 * segment the trailing ones choose a place, and the next free one is taken. A
 * segment that gets full is split in two by one further bit, so the table grows
 * by 2 MiB at a time: nothing is ever copied as a whole, and nothing stands
 * twice in memory.
 *
 *     directory  00 ──> segment     01 ──> segment     10, 11 ──> segment
 */
#ifndef EXPLORER_STRATEGY_STATE_TABLE_H
#define EXPLORER_STRATEGY_STATE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"

struct state_segment;

struct state_table {
	struct state_segment **directory;
	unsigned directory_bits;
	uint64_t count;	   /* of states */
	uint64_t segments; /* in use */
};

void state_table_init(struct state_table *table);
void state_table_fini(struct state_table *table);

/* The 32 bits that stand with the state, which is added with the value 0 if it
 * is not there; *ret_new says so. Valid until the next call. */
uint32_t *state_table_put(struct state_table *table, struct digest digest,
			  bool *ret_new);

/* The same, NULL if it is not there. */
uint32_t *state_table_get(struct state_table *table, struct digest digest);

/* The state is about to be looked up: until then memory has time to bring what
 * the table says of it. */
void state_table_expect(const struct state_table *table, struct digest digest);

/* What the table takes. */
uint64_t state_table_bytes(const struct state_table *table);

#endif
