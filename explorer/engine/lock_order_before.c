/*
 * Whether one half of a lock-order inversion comes before the other. See
 * lock_order_before.h.
 *
 * Happens-before is not that of the segments between create and join alone, as
 * in the paper. It includes all that orders threads, other locks and what is
 * read of memory too, but not the locks of the cycle themselves, since those
 * order every two halves that did not deadlock. It is found by following what
 * one half can have told: from its last step on, a thread is told when it reads
 * what was written, takes what was released, is woken, created or joined by one
 * that was told. That is a look at the log, and only taken for cycles that
 * passed the other tests.
 */
#include "engine/lock_order_before.h"

#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "engine/dependence.h"
#include "engine/engine.h"
#include "engine/order.h"

/* Of memory that a step accesses, granules that are looked at. */
#define GRANULE	     8U
#define GRANULES_MAX 64U

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

static bool is_of_cycle(const struct nesting *const *cycle, size_t count,
			uintptr_t lock)
{
	for (size_t i = 0; i < count; i++)
		if (cycle[i]->wanted.address == lock)
			return true;
	return false;
}

static void follow_synchronising(struct told *told,
				 const struct performed *performed,
				 size_t event,
				 const struct nesting *const *cycle,
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
	    !is_of_cycle(cycle, count, object.address) &&
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
		for (uint32_t i = 0; i < state->count; i++) {
			const struct thread *thread = &state->threads[i];

			/* Nobody creates main, but main may be joined. */
			if (i > 0 && thread->created_at == at &&
			    !is_told(told, i) &&
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
	for (uint32_t i = 0; i < state->count; i++) {
		const struct thread *thread = &state->threads[i];

		if (i > 0 && thread->created_at > at &&
		    thread->created_at < next)
			next = thread->created_at;
		if (thread->joined && thread->joined_at > at &&
		    thread->joined_at < next)
			next = thread->joined_at;
	}
	return next;
}

static bool is_told_of(struct told *told, size_t from, size_t to,
		       const struct nesting *const *cycle, size_t count)
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
			follow_synchronising(told, performed, i, cycle, count);
	}
	if (next_silent <= to)
		follow_silent(told, to);
	return is_told(told, target);
}

bool lock_order_is_before(struct engine *engine, size_t from, size_t to,
			  const struct nesting *const *cycle, size_t count)
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
	ordered = is_told_of(told, from, to, cycle, count);
	map_fini(&told->objects);
	map_fini(&told->memory);
	memory_free(told, sizeof(*told));
	return ordered;
}
