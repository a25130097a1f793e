/*
 * The events of wakeup trees. See wake_table.h.
 */
#include "strategy/wake_table.h"

#include <string.h>

#include "base/hash.h"
#include "base/memory.h"

#define CAPACITY_MIN 64U

void wake_table_fini(struct wake_table *table)
{
	memory_free(table->at, table->capacity * sizeof(*table->at));
	memory_free(table->buckets, table->capacity * sizeof(*table->buckets));
	*table = (struct wake_table){0};
}

static uint32_t *bucket_of(const struct wake_table *table,
			   const struct wake *wake)
{
	const struct operation *operation = &wake->operation;
	uint64_t who = (uint64_t)wake->slot << 32 | wake->alternative;
	uint64_t hash = hash_mix(operation->place ^ operation->address << 16,
				 hash_mix(who, operation->op));

	return &table->buckets[hash & (table->capacity - 1)];
}

/* Puts every entry into its bucket, or among the free ones. Returns how many
 * are free. */
static size_t sort_out(struct wake_table *table)
{
	size_t unused = 0;

	memset(table->buckets, 0, table->capacity * sizeof(*table->buckets));
	table->unused = 0;
	for (size_t i = table->capacity; i-- > 0;) {
		struct kept_wake *kept = &table->at[i];
		uint32_t *list = kept->uses > 0 ? bucket_of(table, &kept->wake)
						: &table->unused;

		unused += kept->uses == 0;
		kept->next = *list;
		*list = (uint32_t)i + 1;
	}
	return unused;
}

static void grow(struct wake_table *table)
{
	size_t capacity =
		table->capacity > 0 ? 2 * table->capacity : CAPACITY_MIN;
	struct wake_table larger = {
		.at = memory_new(capacity * sizeof(*larger.at)),
		.capacity = capacity,
		.buckets = memory_new(capacity * sizeof(*larger.buckets)),
	};

	if (table->capacity > 0)
		memcpy(larger.at, table->at,
		       table->capacity * sizeof(*table->at));
	wake_table_fini(table);
	*table = larger;
	sort_out(table);
}

/* Half of a table that is not grown is free, so that this is rare. */
static void make_room(struct wake_table *table)
{
	if (table->unused)
		return;
	if (table->capacity == 0 || sort_out(table) < table->capacity / 2)
		grow(table);
}

uint32_t wake_table_keep(struct wake_table *table, const struct wake *wake)
{
	uint32_t number;
	uint32_t *bucket;

	for (number = table->capacity > 0 ? *bucket_of(table, wake) : 0; number;
	     number = table->at[number - 1].next) {
		struct kept_wake *kept = &table->at[number - 1];

		if (memcmp(&kept->wake, wake, sizeof(*wake)) == 0) {
			kept->uses++;
			return number - 1;
		}
	}
	make_room(table);
	number = table->unused;
	table->unused = table->at[number - 1].next;
	bucket = bucket_of(table, wake);
	table->at[number - 1] =
		(struct kept_wake){.wake = *wake, .uses = 1, .next = *bucket};
	*bucket = number;
	return number - 1;
}
