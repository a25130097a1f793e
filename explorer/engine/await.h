/*
 * What a thread that spins waits for, as one operation: OP_AWAIT stands for
 * what the rounds of its loop look at, and conflicts with whatever may change
 * that.
 *
 * One or two places are there as they are: at `address` and `source`, their
 * lengths in the halves of `bytes`, the sorts of object in the lower bytes of
 * `detail`. Of more of them these three are a Bloom filter, which may take in
 * what nobody looks at: then the thread wakes once too often. Without a place
 * the thread looks at nothing that is visible, as far as is known.
 *
 * Locks that each round takes and releases are at rest when it sleeps. Others
 * may take them too and nothing is different; only who tries to, or does more
 * to them, could have found them taken. So of these there are but the sorts,
 * unless the round itself does no more than try: it might find them taken.
 *
 * A wait for a condition whose deadline has passed releases the mutex and takes
 * it again. The thread sleeps where it waits, and a signal may find it there.
 *
 * It says how many steps the thread's last round had, too.
 */
#ifndef EXPLORER_ENGINE_AWAIT_H
#define EXPLORER_ENGINE_AWAIT_H

#include <stdbool.h>

#include "runtime/alternative.h"
#include "runtime/runtime.h"

/* A range of bytes, or an object, that a round looks at. */
struct await_place {
	uintptr_t start;
	uintptr_t end;
	enum op_object sort;
};

#define AWAIT_PLACES_MAX 16U
#define AWAIT_STEPS_MAX	 63U

struct await {
	uint32_t count;
	uint32_t steps;	 /* of the round */
	uint32_t passed; /* set of sorts, in bits of `detail` */
	bool waits;	 /* for conditions, which are over at once */
	bool signals;	 /* or does something else with them */
	struct await_place places[AWAIT_PLACES_MAX];
};

/* A round looks at the object of `operation`, or waits there. Returns whether
 * there is room. */
bool await_add(struct await *await, const struct operation *operation);
/* A round takes its object, or releases it. */
void await_pass(struct await *await, const struct operation *operation);
/* Returns whether it can be put so. `place` is that in the code. */
bool await_make(const struct await *await, uintptr_t place,
		struct operation *ret_operation);

/* Whether an operation on one object, which does not only look at it, may
 * change what is awaited. */
bool await_has(const struct operation *await, const struct operation *part);

/* Whether it looks at nothing that is visible. */
static inline bool await_is_private(const struct operation *await)
{
	return await->bytes == 0;
}

/* Whether it takes something, or releases it, or lets time pass, as each round
 * of a loop may. */
static inline bool await_may_pass(const struct operation *operation)
{
	return (op_traits[operation->op] & OP_TRAIT_PASSES) ||
	       (operation->op == OP_COND_TIMEOUT &&
		(operation->alternatives & WAIT_PASSED));
}

/* Whether it takes what it might have found taken, and gone on without. */
bool await_is_try(const struct operation *operation);

/* Whether the thread only waits for conditions, whose deadlines have passed:
 * who else waits makes no difference. */
bool await_ignores_waits(const struct operation *await);

/* How many steps the round had. */
uint32_t await_steps(const struct operation *await);

/* What address it has: that of a filter is none. */
uintptr_t await_address(const struct operation *await);

#endif
