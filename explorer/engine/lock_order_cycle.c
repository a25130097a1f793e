/*
 * Cycles of threads that wait for each other's locks, and which of them are
 * harmless. See lock_order_cycle.h.
 */
#include "engine/lock_order_cycle.h"

#include <string.h>

#include "base/hash.h"
#include "engine/dependence.h"
#include "engine/engine.h"
#include "engine/lock_order_before.h"
#include "engine/order.h"

#define CYCLE_MAX 8U
/* Nestings that are tried for one cycle. */
#define TRIES_MAX 20000U

static bool is_shared(const struct nested_lock *lock)
{
	return lock->op == OP_RWLOCK_RDLOCK || lock->op == OP_RWLOCK_TRYRDLOCK;
}

/* Whether nobody can have the one while another has the other. */
static bool exclude(const struct nested_lock *a, const struct nested_lock *b)
{
	return a->address == b->address && !(is_shared(a) && is_shared(b));
}

/* The lock that `holder` holds and `waiter` wants; NULL if there is none. */
static const struct nested_lock *lock_between(const struct nesting *waiter,
					      const struct nesting *holder)
{
	for (uint32_t i = 0; i < holder->held_count; i++)
		if (exclude(&waiter->wanted, &holder->held[i]))
			return &holder->held[i];
	return NULL;
}

static bool have_gate(const struct nesting *a, const struct nesting *b)
{
	for (uint32_t i = 0; i < a->held_count; i++)
		for (uint32_t j = 0; j < b->held_count; j++)
			if (exclude(&a->held[i], &b->held[j]))
				return true;
	return false;
}

struct cycle {
	struct engine *engine;
	bool is_of_now; /* of this execution */
	uint32_t tries;
	size_t count;
	/* Each wants what the next one holds, the last what the first does. */
	struct nesting *at[CYCLE_MAX];
};

static bool fits(const struct cycle *cycle, const struct nesting *next)
{
	if (cycle->is_of_now && next->latest == 0)
		return false;
	if (!lock_between(cycle->at[cycle->count - 1], next))
		return false;
	for (size_t i = 0; i < cycle->count; i++)
		if (cycle->at[i]->thread == next->thread ||
		    have_gate(cycle->at[i], next))
			return false;
	return true;
}

/* The step in which a thread took the lock that it holds at its event. */
static size_t taken_at(const struct engine *engine, size_t event,
		       uintptr_t lock)
{
	uint16_t thread = engine->log[event].choice.thread;
	size_t at = event;

	while (at-- > 0) {
		const struct performed *performed = &engine->log[at];

		if (performed->choice.thread == thread && !performed->failed &&
		    (op_traits[performed->operation.op] & OP_TRAIT_ACQUIRES) &&
		    order_acquired(&performed->operation).address == lock)
			return at;
	}
	return event;
}

/* What the i-th of a cycle holds and the one before it wants. */
static const struct nested_lock *held_in(const struct cycle *cycle, size_t i)
{
	size_t before = (i + cycle->count - 1) % cycle->count;

	return lock_between(cycle->at[before], cycle->at[i]);
}

/* Whether one half comes before another in every schedule. */
static bool has_order(const struct cycle *cycle)
{
	const struct nesting *const *at =
		(const struct nesting *const *)cycle->at;

	for (size_t i = 0; i < cycle->count; i++) {
		size_t begin = taken_at(cycle->engine, at[i]->latest - 1,
					held_in(cycle, i)->address);

		for (size_t j = 0; j < cycle->count; j++)
			if (j != i && lock_order_is_before(
					      cycle->engine, at[j]->latest - 1,
					      begin, at, cycle->count))
				return true;
	}
	return false;
}

static struct part part_of(const struct engine *engine,
			   const struct nesting *nesting,
			   const struct nested_lock *lock)
{
	return (struct part){
		.thread = nesting->thread,
		.holder = THREADS_MAX,
		.target = THREADS_MAX,
		.operation = {.op = (uint8_t)lock->op,
			      .order = ORDER_PLAIN,
			      .address = lock->address,
			      .place = lock->place},
		.local = details_local(engine->runtime, lock->address),
	};
}

static void add_callers(struct part *part, const struct nesting *nesting)
{
	_Static_assert(NESTED_CALLERS_MAX == PART_CALLERS_MAX,
		       "they are the same ones");
	part->caller_count = nesting->caller_count;
	memcpy(part->callers, nesting->callers, sizeof(part->callers));
}

/* Which of them is to be told of first. */
static size_t first_of(const struct cycle *cycle)
{
	size_t first = 0;

	for (size_t i = 1; i < cycle->count; i++)
		if (cycle->at[i]->thread < cycle->at[first]->thread)
			first = i;
	return first;
}

/* Two parts for each half: what is taken, and what is held then. */
static void report(const struct cycle *cycle)
{
	struct findings *findings = &cycle->engine->findings;
	size_t first = first_of(cycle);
	struct part parts[2 * CYCLE_MAX];
	uint64_t key = 0;

	for (size_t i = 0; i < cycle->count; i++) {
		size_t at = (first + i) % cycle->count;
		const struct nesting *nesting = cycle->at[at];
		const struct nested_lock *held = held_in(cycle, at);

		parts[2 * i] =
			part_of(cycle->engine, nesting, &nesting->wanted);
		add_callers(&parts[2 * i], nesting);
		parts[2 * i + 1] = part_of(cycle->engine, nesting, held);
		key += hash_bytes(nesting->callers,
				  nesting->caller_count *
					  sizeof(nesting->callers[0]),
				  hash_mix(nesting->wanted.place, held->place));
	}
	if (findings_has_counted(findings, FINDING_LOCK_ORDER, key) ||
	    has_order(cycle))
		return;
	findings_see(findings, FINDING_LOCK_ORDER, key, cycle->engine->depth,
		     parts, (uint32_t)(2 * cycle->count));
}

static void see(struct cycle *cycle)
{
	if (cycle->is_of_now) {
		report(cycle);
		return;
	}
	for (size_t i = 0; i < cycle->count; i++)
		cycle->at[i]->is_suspect = true;
}

/* Each cycle that goes on from those in *cycle. */
static void extend(struct cycle *cycle)
{
	struct lock_orders *orders = &cycle->engine->lock_orders;

	if (cycle->count > 1 &&
	    lock_between(cycle->at[cycle->count - 1], cycle->at[0]))
		see(cycle);
	if (cycle->count == CYCLE_MAX)
		return;
	for (size_t i = 0; i < orders->count; i++) {
		if (++cycle->tries > TRIES_MAX)
			return;
		if (!fits(cycle, &orders->nestings[i]))
			continue;
		cycle->at[cycle->count++] = &orders->nestings[i];
		extend(cycle);
		cycle->count--;
	}
}

void lock_order_find_cycles(struct engine *engine, struct nesting *first,
			    bool is_of_now)
{
	struct cycle cycle = {.engine = engine,
			      .is_of_now = is_of_now,
			      .count = 1,
			      .at = {first}};

	extend(&cycle);
}
