/*
 * What the parts of symmetry share: symmetry.c counts what belongs to whom,
 * symmetry_member.c says what a member is, symmetry_locks.c what it holds.
 */
#ifndef EXPLORER_ENGINE_SYMMETRY_PARTS_H
#define EXPLORER_ENGINE_SYMMETRY_PARTS_H

#include "base/map.h"
#include "engine/symmetry.h"
#include "engine/symmetry_rules.h"

/* What a thread that may be a member adds to the plain digest, and how often
 * memory refers to it otherwise than by its id. */
struct sums {
	struct digest own[SYMMETRY_SLOTS];
	uint32_t references[SYMMETRY_SLOTS];
};

/* What is known of a member whose plain digest is that. */
struct known_member {
	uint64_t check;
	struct digest digest;
	bool refers; /* to other members */
};

struct symmetry {
	struct symmetry_sources sources;
	struct symmetry_rules rules;
	const struct runtime_state *state;
	const struct pages *pages;
	struct shadow *shadow;
	struct sums now;
	struct sums *levels;
	size_t capacity;
	struct map known; /* plain digest of a member -> place + 1 */
	struct known_member *members;
	size_t member_count;
	size_t member_capacity;
};

/* In the place of an address that belongs to the member itself: how far into
 * its parts of memory, or into what the runtime keeps of it. */
#define OWN_PART   UINT64_C(0x7e00000000000000)
#define OWN_THREAD UINT64_C(0x7f00000000000000)

/* Whether the thread with that slot is in the set of members. */
static inline bool symmetry_is_member(uint32_t members, uint32_t slot)
{
	return slot < SYMMETRY_SLOTS && members >> slot & 1;
}

/* What the member is, in the state looked at last. Good until the next call. */
const struct known_member *symmetry_look_up(struct symmetry *symmetry,
					    const struct thread *member);

/* Takes who owns the locks that members hold out of `shared`, which is what the
 * state adds that is nobody's own, and has their owners say so: `own` is by
 * slot. */
void symmetry_move_locks(const struct symmetry *symmetry, uint32_t members,
			 struct digest *shared, struct digest *own);

#endif
