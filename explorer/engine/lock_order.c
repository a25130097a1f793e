/*
 * Lock-order inversions.
 *
 * The problem: a search that is cut short, or draws schedules, may never come
 * to a deadlock whose halves it has both seen.
 *
 * The idea is Goodlock (Havelund, 2000) with gate locks and circles of any
 * length (Bensalem and Havelund, 2005), within an execution. A *nesting*
 * (t, l, H) says that thread t took lock l while it held the locks H. Nestings
 * 1 .. n of different threads make a circle if each l is in the next one's H.
 * It is harmless
 *
 *  - if two of the H have a lock in common, a gate: no two threads are both
 *    inside (two that read under the same lock are);
 *  - if one half ends before another one begins, whatever the schedule: if some
 *    taking of l happens before the taking of the lock that the other half
 *    holds.
 *
 * Where this departs from the paper: happens-before is not that of the segments
 * between create and join alone. It includes all that orders threads, other
 * locks and what is read of memory too, but not the locks of the circle
 * themselves, since those order every two halves that did not deadlock. It is
 * found by following what one half can have told: from its last step on, a
 * thread is told when it reads what was written, takes what was released, is
 * woken, created or joined by one that was told. That is a look at the log, and
 * only taken for circles that passed the other tests.
 *
 * Of a nesting that is repeated the last one in the execution is kept: if that
 * can have told the other half, so can those before it.
 *
 * A try waits for nobody, and a wait that may run out ends: what they take is
 * held, but they close no circle.
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
#include "engine/dependence.h"
#include "engine/engine.h"
#include "engine/order.h"
#include "runtime/held.h"

/* With more nestings than this all are forgotten, and collected anew. */
#define NESTINGS_MAX 1024U
#define CIRCLE_MAX   8U
/* Nestings that are tried for one circle, and steps looked at for the circles
 * of one execution. */
#define TRIES_MAX 20000U
#define SCAN_MAX  ((uint64_t)1 << 20)
/* Of memory that a step accesses, granules that are looked at. */
#define GRANULE	     8U
#define GRANULES_MAX 64U

/* --- What one half can have told */

struct told {
	const struct engine *engine;
	/* By thread number: from which event on; SIZE_MAX: not at all. */
	size_t since[THREADS_MAX];
	struct map objects;
	struct map memory;
};

static bool is_told(const struct told *told, uint32_t thread)
{
	return told->since[thread] != SIZE_MAX;
}

static void tell(struct told *told, uint32_t thread, size_t event)
{
	if (!is_told(told, thread))
		told->since[thread] = event;
}

static uint64_t object_key(struct order_object object)
{
	return hash_mix(object.address, object.kind + 1) | 1;
}

static bool has_object(const struct told *told, struct order_object object)
{
	return map_get(&told->objects, object_key(object));
}

static bool follow_memory(struct told *told, uintptr_t address, uint64_t bytes,
			  bool writes, bool value)
{
	uintptr_t first = address / GRANULE;
	uintptr_t last = (address + (bytes ? bytes - 1 : 0)) / GRANULE;
	bool found = false;

	if (last - first >= GRANULES_MAX)
		last = first + GRANULES_MAX - 1;
	for (uintptr_t at = first; at <= last; at++) {
		uint64_t *known = map_get(&told->memory, at + 1);

		found |= known && *known;
		if (writes && (known || value))
			*map_put(&told->memory, at + 1) = value;
	}
	return found;
}

static void follow_access(struct told *told, const struct performed *performed,
			  size_t event)
{
	const struct operation *operation = &performed->operation;
	uint32_t thread = performed->choice.thread;
	unsigned traits = op_traits[operation->op];
	bool reads = traits & OP_TRAIT_READS;
	uintptr_t source = operation->address;

	if (operation->op == OP_COPY) {
		reads = true;
		source = operation->source;
	}
	if (reads &&
	    follow_memory(told, source, operation->bytes, false, false))
		tell(told, thread, event);
	if ((traits & OP_TRAIT_WRITES) && !performed->failed)
		follow_memory(told, operation->address, operation->bytes, true,
			      is_told(told, thread));
}

static bool is_of_circle(const struct nesting *const *circle, size_t count,
			 uintptr_t lock)
{
	for (size_t i = 0; i < count; i++)
		if (circle[i]->wanted.address == lock)
			return true;
	return false;
}

static void follow_synchronising(struct told *told,
				 const struct performed *performed,
				 size_t event,
				 const struct nesting *const *circle,
				 size_t count)
{
	const struct operation *operation = &performed->operation;
	uint32_t thread = performed->choice.thread;
	unsigned traits = op_traits[operation->op];
	struct order_object object = order_acquired(operation);
	struct order_object readers = {object.address, ORDER_READERS};

	if (performed->failed)
		return;
	if ((traits & OP_TRAIT_ACQUIRES) &&
	    !is_of_circle(circle, count, object.address) &&
	    (has_object(told, object) ||
	     (order_acquires_readers(operation) && has_object(told, readers))))
		tell(told, thread, event);
	if (performed->cause > 0 && performed->cause <= event &&
	    told->since[told->engine->log[performed->cause - 1].choice.thread] <
		    performed->cause)
		tell(told, thread, event);
	if ((traits & OP_TRAIT_RELEASES) && is_told(told, thread))
		map_put(&told->objects, object_key(order_released(operation)));
}

/* Creates and joins after `at` steps. Returns after how many steps the next
 * ones are. */
static size_t follow_silent(struct told *told, size_t at)
{
	const struct runtime_state *state = &told->engine->runtime->state;
	size_t next = SIZE_MAX;
	bool changed = true;

	while (changed) {
		changed = false;
		for (uint32_t i = 1; i < state->count; i++) {
			const struct thread *thread = &state->threads[i];

			if (thread->created_at == at && !is_told(told, i) &&
			    is_told(told, thread->creator)) {
				tell(told, i, at);
				changed = true;
			}
			if (thread->joined && thread->joined_at == at &&
			    is_told(told, i) &&
			    !is_told(told, thread->joined_by)) {
				tell(told, thread->joined_by, at);
				changed = true;
			}
		}
	}
	for (uint32_t i = 1; i < state->count; i++) {
		const struct thread *thread = &state->threads[i];

		if (thread->created_at > at && thread->created_at < next)
			next = thread->created_at;
		if (thread->joined && thread->joined_at > at &&
		    thread->joined_at < next)
			next = thread->joined_at;
	}
	return next;
}

static bool is_told_of(struct told *told, size_t from, size_t to,
		       const struct nesting *const *circle, size_t count)
{
	const struct engine *engine = told->engine;
	uint32_t target = engine->log[to].choice.thread;
	size_t next_silent;

	tell(told, engine->log[from].choice.thread, from);
	next_silent = follow_silent(told, from + 1);
	for (size_t i = from + 1; i < to && !is_told(told, target); i++) {
		const struct performed *performed = &engine->log[i];

		if (i == next_silent)
			next_silent = follow_silent(told, i);
		if (operation_is_access(&performed->operation))
			follow_access(told, performed, i);
		else
			follow_synchronising(told, performed, i, circle, count);
	}
	if (next_silent <= to)
		follow_silent(told, to);
	return is_told(told, target);
}

/* Whether the step `from` happens before the step `to`, which is not of its
 * thread, without the locks of the circle. True if there is no time to look. */
static bool is_ordered(struct engine *engine, size_t from, size_t to,
		       const struct nesting *const *circle, size_t count)
{
	struct lock_orders *orders = &engine->lock_orders;
	struct told *told;
	bool ordered;

	if (to < from)
		return false;
	if (orders->scan_left < to - from)
		return true;
	orders->scan_left -= to - from;
	told = memory_new(sizeof(*told));
	told->engine = engine;
	memset(told->since, 0xff, sizeof(told->since));
	ordered = is_told_of(told, from, to, circle, count);
	map_fini(&told->objects);
	map_fini(&told->memory);
	memory_free(told, sizeof(*told));
	return ordered;
}

/* --- Circles */

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

struct circle {
	struct engine *engine;
	bool is_of_now; /* of this execution */
	uint32_t tries;
	size_t count;
	/* Each wants what the next one holds, the last what the first does. */
	struct nesting *at[CIRCLE_MAX];
};

static bool fits(const struct circle *circle, const struct nesting *next)
{
	if (circle->is_of_now && next->latest == 0)
		return false;
	if (!lock_between(circle->at[circle->count - 1], next))
		return false;
	for (size_t i = 0; i < circle->count; i++)
		if (circle->at[i]->thread == next->thread ||
		    have_gate(circle->at[i], next))
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

/* What the i-th of a circle holds and the one before it wants. */
static const struct nested_lock *held_in(const struct circle *circle, size_t i)
{
	size_t before = (i + circle->count - 1) % circle->count;

	return lock_between(circle->at[before], circle->at[i]);
}

/* Whether one half comes before another in every schedule. */
static bool has_order(const struct circle *circle)
{
	const struct nesting *const *at =
		(const struct nesting *const *)circle->at;

	for (size_t i = 0; i < circle->count; i++) {
		size_t begin = taken_at(circle->engine, at[i]->latest - 1,
					held_in(circle, i)->address);

		for (size_t j = 0; j < circle->count; j++)
			if (j != i &&
			    is_ordered(circle->engine, at[j]->latest - 1, begin,
				       at, circle->count))
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

/* The running thread has just taken it. */
ON_FIBER static void note_callers(const struct engine *engine,
				  struct nesting *nesting)
{
	struct part part = {.thread = nesting->thread};

	details_complete(engine->runtime, &part);
	nesting->caller_count = part.caller_count;
	memcpy(nesting->callers, part.callers, sizeof(part.callers));
}

/* Which of them is to be told of first. */
static size_t first_of(const struct circle *circle)
{
	size_t first = 0;

	for (size_t i = 1; i < circle->count; i++)
		if (circle->at[i]->thread < circle->at[first]->thread)
			first = i;
	return first;
}

/* Two parts for each half: what is taken, and what is held then. */
static void report(const struct circle *circle)
{
	struct findings *findings = &circle->engine->findings;
	size_t first = first_of(circle);
	struct part parts[2 * CIRCLE_MAX];
	uint64_t key = 0;

	for (size_t i = 0; i < circle->count; i++) {
		size_t at = (first + i) % circle->count;
		const struct nesting *nesting = circle->at[at];
		const struct nested_lock *held = held_in(circle, at);

		parts[2 * i] =
			part_of(circle->engine, nesting, &nesting->wanted);
		add_callers(&parts[2 * i], nesting);
		parts[2 * i + 1] = part_of(circle->engine, nesting, held);
		key += hash_bytes(nesting->callers,
				  nesting->caller_count *
					  sizeof(nesting->callers[0]),
				  hash_mix(nesting->wanted.place, held->place));
	}
	if (findings_has_counted(findings, FINDING_LOCK_ORDER, key) ||
	    has_order(circle))
		return;
	findings_see(findings, FINDING_LOCK_ORDER, key, circle->engine->depth,
		     parts, (uint32_t)(2 * circle->count));
}

static void see(struct circle *circle)
{
	if (circle->is_of_now) {
		report(circle);
		return;
	}
	for (size_t i = 0; i < circle->count; i++)
		circle->at[i]->is_suspect = true;
}

/* Each circle that goes on from those in *circle. */
static void extend(struct circle *circle)
{
	struct lock_orders *orders = &circle->engine->lock_orders;

	if (circle->count > 1 &&
	    lock_between(circle->at[circle->count - 1], circle->at[0]))
		see(circle);
	if (circle->count == CIRCLE_MAX)
		return;
	for (size_t i = 0; i < orders->count; i++) {
		if (++circle->tries > TRIES_MAX)
			return;
		if (!fits(circle, &orders->nestings[i]))
			continue;
		circle->at[circle->count++] = &orders->nestings[i];
		extend(circle);
		circle->count--;
	}
}

static void look_for_circles(struct engine *engine, struct nesting *first,
			     bool is_of_now)
{
	struct circle circle = {.engine = engine,
				.is_of_now = is_of_now,
				.count = 1,
				.at = {first}};

	extend(&circle);
}

/* --- Nestings */

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
		look_for_circles(engine, &orders->nestings[*place - 1], false);
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
		look_for_circles(engine, nesting, true);
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
