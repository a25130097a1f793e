/*
 * Findings of the executions: each once for each place in the code, with a
 * count of the executions in which it was seen.
 */
#ifndef EXPLORER_ENGINE_FINDING_H
#define EXPLORER_ENGINE_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/map.h"
#include "engine/details.h"
#include "runtime/runtime.h"
#include "trace/result.h"

/* A thread's part in a finding. */
#define PART_CALLERS_MAX 12U
struct part {
	uint32_t thread;
	uint32_t holder; /* of what it waits for; THREADS_MAX */
	uint32_t target; /* OP_JOIN: the thread that is joined */
	bool holder_has_ended;
	struct operation operation;
	struct local_place local; /* of the operation's object */
	/* Who called the function that the place is in: the innermost first. */
	uint32_t caller_count;
	uintptr_t callers[PART_CALLERS_MAX];
};

/* The heap block of a heap finding, as it was then. */
struct block_facts {
	bool known;
	bool freed;
	int64_t offset; /* of the address in question, from the block's start */
	uint64_t bytes;
	uint32_t allocated_by; /* number; NO_THREAD: before main */
	uint32_t freed_by;
	uintptr_t allocated_at; /* places in the code */
	uintptr_t freed_at;
	struct block_call calls; /* that led there, where they are known */
	uint64_t blocks;	 /* of a leak: how many, of `bytes` together */
};

struct finding_entry {
	enum finding_kind kind;
	uint64_t key;
	uint64_t count;
	/* How manieth the listener was told of, from 1; 0: not yet. */
	uint32_t told;
	bool on_path;		/* seen in this execution */
	struct failure failure; /* FINDING_ASSERTION */
	struct block_facts block;
	uint32_t part_count;
	struct access_details *details; /* of each part; NULL: unknown */
	struct part *parts;		/* all involved: two for a data race */
};

/* A finding that was seen after `depth` steps of this execution. */
struct sighting {
	size_t depth;
	uint32_t id;
};

/* A finding that was seen lately, by what its finder knows it by. */
#define RECENT_FINDINGS 64U
struct recent_finding {
	uint64_t words[2];
	uint64_t forgotten; /* findings.forgotten then */
	uint32_t id;	    /* + 1; 0: none */
};

/* Invariant: path[0..path_count) is in increasing order of depth, and
 * at[id].on_path holds exactly for its entries. */
struct findings {
	struct map known; /* key -> id + 1 */
	struct finding_entry *at;
	size_t count;
	size_t capacity;
	struct recent_finding recent[RECENT_FINDINGS];
	uint32_t told_count;
	uint64_t forgotten; /* sightings, ever */
	struct sighting *path;
	size_t path_count;
	size_t path_capacity;
};

/* A finding was seen: parts are copied if it is new. `key` identifies it.
 * Returns its number in `at`. */
uint32_t findings_see(struct findings *findings, enum finding_kind kind,
		      uint64_t key, size_t depth, const struct part *parts,
		      uint32_t part_count);

/* Whether it was told, and seen in an execution that counts. */
bool findings_has_counted(const struct findings *findings,
			  enum finding_kind kind, uint64_t key);

/* One that was seen before is seen in this execution too. */
void findings_see_again(struct findings *findings, uint32_t number,
			size_t depth);

/* For what may be seen in state after state: whether the finding known by these
 * words has certainly been seen in this execution. If not, findings_see() and
 * findings_remember() its number. Without a jump. */
static inline bool findings_are_seen(const struct findings *findings,
				     const uint64_t *words)
{
	const struct recent_finding *recent =
		&findings->recent[(words[0] + words[1]) % RECENT_FINDINGS];

	return !((recent->words[0] ^ words[0]) | (recent->words[1] ^ words[1]) |
		 (recent->forgotten ^ findings->forgotten)) &
	       (recent->id > 0);
}
void findings_remember(struct findings *findings, const uint64_t *words,
		       uint32_t number);

/* The number of the finding known by these words, in this execution or another;
 * FINDING_NONE if it is not remembered. */
#define FINDING_NONE UINT32_MAX
static inline uint32_t findings_recall(const struct findings *findings,
				       const uint64_t *words)
{
	const struct recent_finding *recent =
		&findings->recent[(words[0] + words[1]) % RECENT_FINDINGS];

	if (recent->id == 0 || recent->words[0] != words[0] ||
	    recent->words[1] != words[1])
		return FINDING_NONE;
	return recent->id - 1;
}

/* Forgets sightings after the first `depth` steps: the engine goes back. */
void findings_rewind(struct findings *findings, size_t depth);

/* Forgets all sightings: the next execution may not even begin alike. */
void findings_forget(struct findings *findings);

/* Counts this execution's sightings. */
void findings_finish(struct findings *findings);

/* Forgets all findings. */
void findings_clear(struct findings *findings);

/* A new round of the search begins: counts are the last round's. */
void findings_reset_counts(struct findings *findings);

/* Counts only, by key, with what is needed to know them again. */
void findings_save(const struct findings *findings, struct buffer *buffer);
void findings_load(struct findings *findings, struct reader *reader);

#endif
