/*
 * Lock-order inversions.
 *
 * The problem: a search that is cut short, or draws schedules, may never come
 * to a deadlock whose halves it has both seen.
 *
 * The idea is Goodlock (Havelund, 2000) with gate locks and cycles of any
 * length (Bensalem and Havelund, 2005), within an execution. A *nesting*
 * (t, l, H) says that thread t took lock l while it held the locks H. Nestings
 * 1 .. n of different threads make a cycle if each l is in the next one's H.
 * It is harmless
 *
 *  - if two of the H have a lock in common, a gate: no two threads are both
 *    inside (two that read under the same lock are);
 *  - if one half ends before another one begins, whatever the schedule: if some
 *    taking of l happens before the taking of the lock that the other half
 *    holds.
 *
 * Happens-before departs from the paper: see lock_order_before.c.
 *
 * Of a nesting that is repeated the last one in the execution is kept: if that
 * can have told the other half, so can those before it.
 *
 * A try waits for nobody, and a wait that may run out ends: what they take is
 * held, but they close no cycle.
 *
 * Work is done where a lock is taken while another is held, nowhere else. An
 * execution is looked at by itself; where states are merged (strategy states),
 * that is the path on which each was first reached, so that an inversion may
 * stay unseen whose halves lie on different paths.
 */
#include "engine/lock_order.h"

#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "engine/engine.h"
#include "engine/lock_order_cycle.h"
#include "runtime/held.h"

/* With more nestings than this all are forgotten, and collected anew. */
#define NESTINGS_MAX 1024U
/* Steps looked at for the cycles of one execution. */
#define SCAN_MAX ((uint64_t)1 << 20)

static bool is_lock(uint64_t op)
{
	enum op_object object = op_object((enum op)op);

	return object == OP_OBJECT_MUTEX || object == OP_OBJECT_RWLOCK ||
	       object == OP_OBJECT_SPIN_LOCK;
}

/* Whether the thread would have waited for as long as it takes. */
static bool waits(uint32_t op)
{
	return op == OP_MUTEX_LOCK || op == OP_COND_REACQUIRE ||
	       op == OP_RWLOCK_RDLOCK || op == OP_RWLOCK_WRLOCK ||
	       op == OP_SPIN_LOCK;
}

/* What the thread holds, the lock just taken left out. */
static struct nesting nesting_of(const struct engine *engine,
				 const struct held *taken)
{
	const struct runtime_state *state = &engine->runtime->state;
	struct nesting nesting = {
		.thread = taken->thread,
		.wanted = {taken->address, taken->place, taken->op},
	};
	const struct held *held;
	uint32_t index = 0;

	while ((held = held_next(state, taken->thread, 0, &index)))
		if (held->address != taken->address && is_lock(held->op) &&
		    nesting.held_count < NESTED_HELD_MAX)
			nesting.held[nesting.held_count++] =
				(struct nested_lock){held->address, held->place,
						     held->op};
	return nesting;
}

/* The running thread has just taken it. */
ON_FIBER static void note_callers(const struct engine *engine,
				  struct nesting *nesting)
{
	struct part part = {.thread = nesting->thread};

	details_complete(engine->runtime, &part);
	nesting->caller_count = part.caller_count;
	memcpy(nesting->callers, part.callers, sizeof(part.callers));
}

static uint64_t digest(const struct nesting *nesting)
{
	return hash_bytes(nesting->held,
			  nesting->held_count * sizeof(nesting->held[0]),
			  hash_mix(hash_mix(nesting->wanted.address,
					    nesting->wanted.place),
				   nesting->thread)) |
	       1;
}

static struct nesting *known_nesting(struct engine *engine,
				     const struct nesting *nesting)
{
	struct lock_orders *orders = &engine->lock_orders;
	uint64_t *place = map_put(&orders->known, digest(nesting));

	if (*place == 0 && orders->count < NESTINGS_MAX) {
		memory_reserve((void **)&orders->nestings, &orders->capacity,
			       orders->count + 1, sizeof(*orders->nestings));
		orders->nestings[orders->count++] = *nesting;
		*place = orders->count;
		note_callers(engine, &orders->nestings[*place - 1]);
		lock_order_find_cycles(engine, &orders->nestings[*place - 1],
				       false);
	}
	return *place > 0 ? &orders->nestings[*place - 1] : NULL;
}

static void note_latest(struct engine *engine, struct nesting *nesting)
{
	struct lock_orders *orders = &engine->lock_orders;

	memory_reserve((void **)&orders->undos, &orders->undo_capacity,
		       orders->undo_count + 1, sizeof(*orders->undos));
	orders->undos[orders->undo_count++] = (struct nesting_undo){
		.nesting = (uint32_t)(nesting - orders->nestings),
		.latest = nesting->latest,
		.event = engine->depth - 1,
	};
	nesting->latest = engine->depth;
}

/* Called on a green thread's stack, in the middle of the step that took it. */
ON_FIBER static void see_nested(void *context, const struct held *taken)
{
	struct engine *engine = context;
	struct nesting found;
	struct nesting *nesting;

	if (engine->repeating || engine->shared->phase != PHASE_SEARCH ||
	    !waits(taken->op) || engine->depth == 0)
		return;
	found = nesting_of(engine, taken);
	if (found.held_count == 0)
		return;
	nesting = known_nesting(engine, &found);
	if (!nesting)
		return;
	note_latest(engine, nesting);
	if (nesting->is_suspect)
		lock_order_find_cycles(engine, nesting, true);
}

void lock_order_listen(struct engine *engine)
{
	engine->runtime->see_nested = see_nested;
	engine->runtime->nested_context = engine;
}

void lock_order_rewind(struct lock_orders *orders, size_t depth)
{
	while (orders->undo_count > 0 &&
	       orders->undos[orders->undo_count - 1].event >= depth) {
		const struct nesting_undo *undo =
			&orders->undos[--orders->undo_count];

		orders->nestings[undo->nesting].latest = undo->latest;
	}
	orders->scan_left = SCAN_MAX;
	if (depth == 0 && orders->count == NESTINGS_MAX)
		lock_order_clear(orders);
}

void lock_order_clear(struct lock_orders *orders)
{
	map_clear(&orders->known);
	orders->count = 0;
	orders->undo_count = 0;
}
