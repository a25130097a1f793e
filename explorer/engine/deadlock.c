/*
 * Deadlocks. See deadlock.h.
 */
#include "engine/deadlock.h"

#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "engine/await.h"
#include "engine/dependence.h"
#include "engine/ending.h"
#include "engine/spin.h"
#include "runtime/alternative.h"
#include "runtime/enabled.h"
#include "runtime/join.h"

/* To have the mutex of a condition variable back is to wait for a signal first,
 * and then for the mutex. */
static struct operation waited_for(const struct thread *thread)
{
	struct operation operation = thread->pending;

	if (thread->state != THREAD_PENDING)
		return operation;
	operation = alternative_operation(thread, 0);
	if (operation.op == OP_JOIN_WAIT)
		operation.op = OP_JOIN;
	if (operation.op == OP_AWAIT)
		operation.address = await_address(&operation);
	if (operation.op != OP_COND_REACQUIRE)
		return operation;
	operation.op = OP_MUTEX_LOCK;
	if (!thread->signalled) {
		operation.op = OP_COND_WAIT;
		operation.address = operation.source;
	}
	return operation;
}

/* Who is stuck with whom: for each thread of a cycle the next one, which holds
 * what it waits for; THREADS_MAX for all others. */
struct cycle {
	uint32_t next[THREADS_MAX];
};

static bool is_in(const struct cycle *cycle, uint32_t thread)
{
	return cycle->next[thread] < THREADS_MAX;
}

static struct part part_of(const struct runtime *runtime,
			   const struct thread *thread,
			   const struct cycle *cycle)
{
	bool joins =
		join_is_waiting(thread) || thread->pending.op == OP_TIMEDJOIN;
	struct part part = {
		.thread = thread->number,
		.holder = is_in(cycle, thread->number)
				  ? cycle->next[thread->number]
				  : runtime_holder(runtime, thread),
		.target = joins ? thread->joining : THREADS_MAX,
		.operation = waited_for(thread),
	};

	part.holder_has_ended =
		part.holder < runtime->state.count &&
		runtime->state.threads[part.holder].state == THREAD_ENDED;
	details_complete(runtime, &part);
	return part;
}

static bool is_waiting(const struct thread *thread)
{
	return thread->state == THREAD_JOINING ||
	       (thread->state == THREAD_PENDING && !runtime_is_enabled(thread));
}

static void clear(const struct runtime *runtime, struct cycle *cycle)
{
	for (uint32_t i = 0; i < runtime->state.count; i++)
		cycle->next[i] = THREADS_MAX;
}

/* Follows who waits for whom from `from`; a lock that many read has many
 * holders. Returns whether that leads to `target`, and leaves the way there. */
static bool leads_to(const struct runtime *runtime, uint32_t from,
		     uint32_t target, struct cycle *cycle)
{
	const struct thread *thread = &runtime->state.threads[from];
	uint32_t index = 0;
	uint32_t holder;

	if (from == target)
		return true;
	if (is_in(cycle, from) || !is_waiting(thread))
		return false;
	while ((holder = runtime_next_holder(runtime, thread, &index)) <
	       runtime->state.count) {
		cycle->next[from] = holder;
		if (leads_to(runtime, holder, target, cycle))
			return true;
	}
	return false;
}

/* Leaves only what lies on the way from `first` to itself. */
static void keep_cycle(const struct runtime *runtime, uint32_t first,
		       struct cycle *cycle)
{
	struct cycle kept;
	uint32_t at = first;

	clear(runtime, &kept);
	do {
		kept.next[at] = cycle->next[at];
		at = cycle->next[at];
	} while (at != first);
	memcpy(cycle->next, kept.next,
	       runtime->state.count * sizeof(kept.next[0]));
}

/* Whether `thread` is stuck with this holder of what it waits for: in a cycle,
 * or because the holder has ended. */
static bool is_stuck_with(const struct runtime *runtime,
			  const struct thread *thread, uint32_t holder,
			  struct cycle *cycle)
{
	uint32_t number = thread->number;
	const struct thread *other = &runtime->state.threads[holder];

	/* Nearly always it can go on. */
	if (other != thread && other->state != THREAD_ENDED &&
	    !is_waiting(other))
		return false;
	clear(runtime, cycle);
	cycle->next[number] = holder;
	if (thread->state == THREAD_PENDING && other->state == THREAD_ENDED)
		return true;
	if (!leads_to(runtime, holder, number, cycle))
		return false;
	keep_cycle(runtime, number, cycle);
	return true;
}

static bool is_spinning(const struct thread *thread)
{
	return thread->state == THREAD_PENDING &&
	       thread->pending.op == OP_AWAIT;
}

static bool is_any_spinning(const struct runtime *runtime)
{
	const struct thread *thread;

	FOR_LIVE(thread, &runtime->state)
	if (is_spinning(thread))
		return true;
	return false;
}

/* A thread that spins on what nobody is known to write; but this execution saw
 * memory written by others that is not visible, and is not going to be. */
static bool is_nobody_seen_to_wake(const struct engine *engine)
{
	const struct runtime *runtime = engine->runtime;
	const struct thread *thread;

	if (!engine->frozen || runtime->touches.grown == engine->learned)
		return false;
	FOR_LIVE(thread, &runtime->state)
	if (is_spinning(thread) && thread->pending.bytes == 0)
		return true;
	return false;
}

/* Reports those that wait, the cycle first; the cycle (or, without one, all)
 * identifies the deadlock. */
static void see(struct engine *engine, const struct cycle *cycle, bool others)
{
	const struct runtime *runtime = engine->runtime;
	/* This may be the stack of a thread that has a small one. */
	size_t bytes = runtime->state.count * sizeof(struct part);
	struct part *parts = memory_new(bytes);
	uint32_t count = 0;
	uint64_t cycle_key = 0;
	uint64_t key = 0;

	for (unsigned pass = 0; pass < 2; pass++) {
		for (uint32_t i = 0; i < runtime->state.count; i++) {
			const struct thread *thread =
				&runtime->state.threads[i];
			bool first = is_in(cycle, i);

			if (first != (pass == 0) || !is_waiting(thread) ||
			    (!first && !others))
				continue;
			parts[count] = part_of(runtime, thread, cycle);
			key += hash_mix(thread->pending.place,
					thread->pending.op);
			count++;
		}
		if (pass == 0)
			cycle_key = key;
	}
	findings_see(&engine->findings,
		     others && is_any_spinning(runtime) ? FINDING_LIVELOCK
							: FINDING_DEADLOCK,
		     cycle_key ? cycle_key : key, engine->depth, parts, count);
	memory_free(parts, bytes);
}

/* Reports what the thread is stuck in, each cycle by itself. */
static void check_waiting(struct engine *engine, const struct thread *thread)
{
	const struct runtime *runtime = engine->runtime;
	struct cycle cycle;
	uint32_t index = 0;
	uint32_t holder;

	while ((holder = runtime_next_holder(runtime, thread, &index)) <
	       runtime->state.count)
		if (is_stuck_with(runtime, thread, holder, &cycle))
			see(engine, &cycle, false);
}

/* It may have left locks behind that others wait for. Whoever waits for its end
 * is not stuck with it. */
static void check_ended(struct engine *engine, const struct thread *ended)
{
	const struct runtime *runtime = engine->runtime;
	struct cycle cycle;
	const struct thread *thread;

	FOR_LIVE(thread, &runtime->state)
	{
		uint32_t index = 0;
		uint32_t holder = THREADS_MAX;

		if (thread->state != THREAD_PENDING ||
		    operation_is_access(&thread->pending) ||
		    runtime_is_enabled(thread))
			continue;
		do
			holder = runtime_next_holder(runtime, thread, &index);
		while (holder < runtime->state.count &&
		       holder != ended->number);
		if (holder == ended->number &&
		    is_stuck_with(runtime, thread, holder, &cycle))
			see(engine, &cycle, false);
	}
}

void deadlock_check(struct engine *engine, const struct thread *thread)
{
	if (thread->state == THREAD_ENDED)
		check_ended(engine, thread);
	else if (is_waiting(thread))
		check_waiting(engine, thread);
}

void deadlock_check_woken(struct engine *engine)
{
	const struct thread *thread;

	FOR_LIVE(thread, &engine->runtime->state)
	if (thread->signalled == engine->depth)
		deadlock_check(engine, thread);
}

/* The first cycle that there is; false if there is none. */
static bool find_cycle(const struct runtime *runtime, struct cycle *cycle)
{
	const struct thread *thread;

	FOR_LIVE(thread, &runtime->state)
	{
		uint32_t index = 0;
		uint32_t holder;

		while ((holder = runtime_next_holder(runtime, thread, &index)) <
		       runtime->state.count)
			if (is_stuck_with(runtime, thread, holder, cycle))
				return true;
	}
	return false;
}

/* A thread that sleeps at a lock which it cannot have waits for that lock: has
 * what it is about to do pending. Returns whether it is one. */
static bool wake_blocked(const struct engine *engine, struct thread *thread)
{
	struct operation asleep = thread->pending;

	if (!is_spinning(thread))
		return false;
	thread->pending = *spin_pending(engine, thread);
	if (!runtime_is_enabled(thread))
		return true;
	thread->pending = asleep;
	return false;
}

static void see_end(struct engine *engine)
{
	bool spins = is_any_spinning(engine->runtime);
	struct cycle cycle;

	/* A cycle beside threads that spin was told when it was closed. */
	if (spins || !find_cycle(engine->runtime, &cycle))
		clear(engine->runtime, &cycle);
	see(engine, &cycle, true);
	engine->ended = true;
	engine->ending =
		(struct ending){.kind = spins ? END_LIVELOCK : END_DEADLOCK,
				.thread = NO_THREAD};
}

void deadlock_end(struct engine *engine)
{
	struct runtime_state *state = &engine->runtime->state;
	struct operation asleep[THREADS_MAX];
	bool woken[THREADS_MAX] = {false};
	struct thread *thread;

	if (is_nobody_seen_to_wake(engine)) {
		ending_limit(engine);
		return;
	}
	FOR_LIVE(thread, state)
	{
		asleep[thread->number] = thread->pending;
		woken[thread->number] = wake_blocked(engine, thread);
	}
	see_end(engine);
	/* Searches go by what puts it to sleep. */
	FOR_LIVE(thread, state)
	if (woken[thread->number])
		thread->pending = asleep[thread->number];
}
