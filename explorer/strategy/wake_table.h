/*
 * The events of wakeup trees, each kept once. A tree may have more branches
 * than there will be executions, but few events that differ: a branch is small
 * if it has the number of its event, and what is small stays in the caches.
 */
#ifndef EXPLORER_STRATEGY_WAKE_TABLE_H
#define EXPLORER_STRATEGY_WAKE_TABLE_H

#include "runtime/runtime.h"

/* An event that is to be performed, was, or sleeps. */
struct wake {
	struct operation operation;
	uint32_t slot;
	uint32_t alternative;
};

struct kept_wake {
	struct wake wake;
	uint32_t uses; /* 0: may be given to another event */
	uint32_t next; /* of its bucket, or that is free: + 1; 0: none */
};

/*
 * Zeroed is valid and empty. Entries that nobody uses any more stay, as the
 * same event may come again soon, until the table is full.
 */
struct wake_table {
	struct kept_wake *at;
	size_t capacity; /* a power of two, and so many buckets */
	uint32_t *buckets;
	uint32_t unused; /* first of the free entries + 1 */
};

void wake_table_fini(struct wake_table *table);

/* The event's number, for as long as it is not released as often as it was
 * kept. */
uint32_t wake_table_keep(struct wake_table *table, const struct wake *wake);

static inline void wake_table_release(struct wake_table *table, uint32_t number)
{
	table->at[number].uses--;
}

static inline const struct wake *wake_table_at(const struct wake_table *table,
					       uint32_t number)
{
	return &table->at[number].wake;
}

#endif
