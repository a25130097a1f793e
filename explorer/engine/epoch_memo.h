/*
 * Executions that must have the same races as one before.
 *
 * Which races happens-before finds (epoch.h) depends on less than the order of
 * all events: nothing but what synchronises changes what threads know of each
 * other. Between two such events it is enough to know who accessed what from
 * where; in which order, and how often, makes no difference.
 *
 *     T1 read x 31, T2 read x 31, T1 write x 31 | T1 post s | T2 wait s | ...
 *     a set: {T1 r31, T1 w31, T2 r31}           one event    one event
 *
 * The sequence of sets and events, as a number of 64 bits, is the execution's
 * signature; for each signature it is kept which races there were. Most
 * executions of a search that differ in the order of accesses have the
 * signature of one before. Where hardly any has, signatures are no longer made.
 */
#ifndef EXPLORER_ENGINE_EPOCH_MEMO_H
#define EXPLORER_ENGINE_EPOCH_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EPOCH_CLASSES	  64U
#define EPOCH_KNOWN	  1024U
#define EPOCH_KNOWN_RACES 6U

/* Accesses that are alike. */
struct epoch_class {
	uintptr_t place; /* 0: none yet */
	uintptr_t address;
	uint64_t bytes;
	uint64_t kind;
	uint64_t step; /* the thread and what is special, of which nothing is */
};

/* What is known of the events before one. */
struct epoch_prefix {
	uint64_t signature; /* up to the last event that synchronises */
	uint64_t set;	    /* of classes since then, by number */
	uint32_t silent;    /* creates and joins taken in */
};

struct epoch_known {
	uint64_t signature;
	uint32_t count;
	bool is_known;
	uint32_t races[EPOCH_KNOWN_RACES]; /* findings */
};

/* Zeroed: nothing is known. Invariant: prefixes[0..valid] belong to the
 * engine's log. */
struct epoch_memo {
	bool off;
	uint64_t hits;
	uint64_t misses;
	uint64_t missed_events;
	size_t valid;
	/* Before the first event: what comes before that is the same in all
	 * executions. */
	bool has_start;
	struct epoch_prefix start;
	uint64_t signature; /* of the execution that was asked for last */
	struct epoch_prefix *prefixes;
	size_t capacity;
	struct epoch_class classes[EPOCH_CLASSES];
	struct epoch_known known[EPOCH_KNOWN];
};

struct engine;

/* Forgets everything: which memory is visible may change. */
void epoch_memo_clear(struct epoch_memo *memo);

/* The events from `depth` on are about to be replaced by others. */
static inline void epoch_memo_rewind(struct epoch_memo *memo, size_t depth)
{
	if (memo->valid > depth)
		memo->valid = depth;
}

/* Whether the races of the engine's execution are those of one before: then
 * they count as seen. */
bool epoch_memo_knows(struct engine *engine);

/* Keeps what the execution's races are, which have just been found. */
void epoch_memo_learn(struct engine *engine);

#endif
