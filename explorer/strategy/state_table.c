/*
 * The table of states. See state_table.h.
 */
#include "strategy/state_table.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"

/* 0, 0: free. */
struct entry {
	uint64_t low;
	uint32_t high;
	uint32_t value;
};

/* What stands before the entries takes the place of the last ones. */
#define SEGMENT_ENTRIES (MEMORY_SEGMENT_BYTES / sizeof(struct entry))
#define PLACES		(SEGMENT_ENTRIES - 1)
/* Beyond this, probes get long. Segments fill at the same time, so what they
 * hold at most decides whether there are twice as many. */
#define FULL (SEGMENT_ENTRIES / 8 * 7)

struct state_segment {
	struct entry at[PLACES];
	uint32_t bits; /* of the digest that all of its states share */
	uint32_t count;
	uint64_t unused;
};
_Static_assert(sizeof(struct state_segment) == MEMORY_SEGMENT_BYTES,
	       "a table is made of whole segments");

void state_table_init(struct state_table *table)
{
	*table = (struct state_table){.segments = 1};
	table->directory = memory_new(sizeof(*table->directory));
	table->directory[0] = memory_new_segment();
}

static size_t directory_length(const struct state_table *table)
{
	return (size_t)1 << table->directory_bits;
}

void state_table_fini(struct state_table *table)
{
	size_t length = directory_length(table);

	if (!table->directory)
		return;
	/* A segment's places in the directory follow one another. */
	for (size_t i = 0; i < length; i++)
		if (i + 1 == length ||
		    table->directory[i] != table->directory[i + 1])
			memory_free_segment(table->directory[i]);
	memory_free(table->directory, length * sizeof(*table->directory));
	*table = (struct state_table){0};
}

static size_t directory_place(const struct state_table *table, uint64_t low)
{
	return table->directory_bits ? low >> (64 - table->directory_bits) : 0;
}

static size_t first_place(uint64_t low)
{
	return (low & (SEGMENT_ENTRIES - 1)) % PLACES;
}

/* The state's entry, or the free one where it would stand. */
static struct entry *find(struct state_segment *segment, uint64_t low,
			  uint32_t high)
{
	for (size_t i = first_place(low);;) {
		struct entry *entry = &segment->at[i];

		if ((entry->low == low && entry->high == high) ||
		    (entry->low == 0 && entry->high == 0))
			return entry;
		if (++i == PLACES)
			i = 0;
	}
}

static void double_directory(struct state_table *table)
{
	size_t length = directory_length(table);
	struct state_segment **twice = memory_new(2 * length * sizeof(*twice));

	for (size_t i = 0; i < length; i++)
		twice[2 * i] = twice[2 * i + 1] = table->directory[i];
	memory_free(table->directory, length * sizeof(*twice));
	table->directory = twice;
	table->directory_bits++;
}

/* Moves those whose next bit is set to a segment of their own; the others are
 * put anew, as their places may have been taken. */
static void share(struct state_segment *from, struct state_segment *zeros,
		  struct state_segment *ones)
{
	zeros->bits = ones->bits = from->bits + 1;
	for (size_t i = 0; i < PLACES; i++) {
		const struct entry *entry = &from->at[i];
		struct state_segment *to;

		if (entry->low == 0 && entry->high == 0)
			continue;
		to = entry->low >> (63 - from->bits) & 1 ? ones : zeros;
		*find(to, entry->low, entry->high) = *entry;
		to->count++;
	}
}

static void split(struct state_table *table, size_t place)
{
	struct state_segment *full = table->directory[place];
	struct state_segment *zeros = memory_new_segment();
	struct state_segment *ones = memory_new_segment();
	size_t span;
	size_t first;

	if (full->bits == table->directory_bits) {
		double_directory(table);
		place *= 2;
	}
	share(full, zeros, ones);
	span = (size_t)1 << (table->directory_bits - full->bits);
	first = place & ~(span - 1);
	for (size_t i = 0; i < span; i++)
		table->directory[first + i] = i < span / 2 ? zeros : ones;
	memory_free_segment(full);
	table->segments++;
}

void state_table_expect(const struct state_table *table, struct digest digest)
{
	const struct state_segment *segment =
		table->directory[directory_place(table, digest.low)];

	__builtin_prefetch(&segment->at[first_place(digest.low)], 1);
}

uint32_t *state_table_put(struct state_table *table, struct digest digest,
			  bool *ret_new)
{
	uint64_t low = digest.low;
	/* One digest of all is that of a free place. */
	uint32_t high = low ? (uint32_t)digest.high : (uint32_t)digest.high | 1;
	size_t place = directory_place(table, low);
	struct entry *entry = find(table->directory[place], low, high);

	*ret_new = entry->low == 0 && entry->high == 0;
	if (!*ret_new)
		return &entry->value;
	while (table->directory[place]->count >= FULL) {
		split(table, place);
		place = directory_place(table, low);
		entry = find(table->directory[place], low, high);
	}
	*entry = (struct entry){low, high, 0};
	table->directory[place]->count++;
	table->count++;
	return &entry->value;
}

uint32_t *state_table_get(struct state_table *table, struct digest digest)
{
	uint64_t low = digest.low;
	uint32_t high = low ? (uint32_t)digest.high : (uint32_t)digest.high | 1;
	struct entry *entry =
		find(table->directory[directory_place(table, low)], low, high);

	return entry->low == 0 && entry->high == 0 ? NULL : &entry->value;
}

uint64_t state_table_bytes(const struct state_table *table)
{
	return table->segments * MEMORY_SEGMENT_BYTES +
	       directory_length(table) * sizeof(*table->directory);
}
