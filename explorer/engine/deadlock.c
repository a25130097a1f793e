/*
 * Deadlocks. See deadlock.h.
 */
#include "engine/deadlock.h"

#include <string.h>

#include "base/hash.h"
#include "runtime/alternative.h"

/* To have the mutex of a condition variable back is to wait for a signal first,
 * and then for the mutex. */
static struct operation waited_for(const struct thread *thread)
{
	struct operation operation = thread->pending;

	if (thread->state != THREAD_PENDING)
		return operation;
	operation = alternative_operation(thread, 0);
	if (operation.op != OP_COND_REACQUIRE)
		return operation;
	operation.op = OP_MUTEX_LOCK;
	if (!thread->signalled) {
		operation.op = OP_COND_WAIT;
		operation.address = operation.source;
	}
	return operation;
}

static struct part part_of(const struct runtime *runtime,
			   const struct thread *thread)
{
	bool joins = thread->state == THREAD_JOINING;

	return (struct part){.thread = thread->number,
			     .holder = runtime_holder(runtime, thread),
			     .target = joins ? thread->joining : THREADS_MAX,
			     .operation = waited_for(thread)};
}

static bool is_waiting(const struct thread *thread)
{
	return thread->state == THREAD_JOINING ||
	       (thread->state == THREAD_PENDING && !runtime_is_enabled(thread));
}

/* Follows who waits for whom from `thread`. Returns how many threads the
 * circle has that leads back to it, 0 if there is none, and marks them. */
static uint32_t circle_of(const struct runtime *runtime,
			  const struct thread *thread, bool *in_circle)
{
	const struct runtime_state *state = &runtime->state;
	const struct thread *next = thread;
	uint32_t length = 0;

	while (length < state->count) {
		uint32_t holder;

		if (!is_waiting(next))
			return 0;
		holder = runtime_holder(runtime, next);
		if (holder >= state->count)
			return 0;
		in_circle[next->number] = true;
		length++;
		next = &state->threads[holder];
		if (next == thread)
			return length;
	}
	return 0;
}

/* Reports those that wait, the circle first; the circle (or, without one, all)
 * identifies the deadlock. */
static void see(struct engine *engine, const bool *in_circle, bool others)
{
	const struct runtime *runtime = engine->runtime;
	struct part parts[THREADS_MAX];
	uint32_t count = 0;
	uint64_t circle_key = 0;
	uint64_t key = 0;

	for (unsigned pass = 0; pass < 2; pass++) {
		for (uint32_t i = 0; i < runtime->state.count; i++) {
			const struct thread *thread =
				&runtime->state.threads[i];
			bool first = in_circle[i];

			if (first != (pass == 0) || !is_waiting(thread) ||
			    (!first && !others))
				continue;
			parts[count] = part_of(runtime, thread);
			key += hash_mix(thread->pending.place,
					thread->pending.op);
			count++;
		}
		if (pass == 0)
			circle_key = key;
	}
	findings_see(&engine->findings, FINDING_DEADLOCK,
		     circle_key ? circle_key : key, engine->depth, parts,
		     count);
}

/* Whether it waits for a lock whose owner has ended. */
static bool is_orphaned(const struct runtime *runtime,
			const struct thread *thread)
{
	uint32_t holder;

	if (thread->state != THREAD_PENDING || !is_waiting(thread))
		return false;
	holder = runtime_holder(runtime, thread);
	return holder < runtime->state.count &&
	       runtime->state.threads[holder].state == THREAD_ENDED;
}

/* Marks those that `thread` is stuck with, itself included. False, and none is
 * marked, if it is not. */
static bool is_stuck(const struct runtime *runtime, const struct thread *thread,
		     bool *in_circle)
{
	memset(in_circle, 0, runtime->state.count * sizeof(*in_circle));
	if (is_orphaned(runtime, thread))
		return in_circle[thread->number] = true;
	if (is_waiting(thread) && circle_of(runtime, thread, in_circle) > 0)
		return true;
	memset(in_circle, 0, runtime->state.count * sizeof(*in_circle));
	return false;
}

/* It may have left locks behind that others wait for. */
static void check_ended(struct engine *engine, const struct thread *ended)
{
	const struct runtime *runtime = engine->runtime;
	bool in_circle[THREADS_MAX];
	const struct thread *thread;

	FOR_LIVE(thread, &runtime->state)
	if (is_waiting(thread) &&
	    runtime_holder(runtime, thread) == ended->number &&
	    is_stuck(runtime, thread, in_circle))
		see(engine, in_circle, false);
}

void deadlock_check(struct engine *engine, const struct thread *thread)
{
	bool in_circle[THREADS_MAX];

	if (thread->state == THREAD_ENDED)
		check_ended(engine, thread);
	else if (is_waiting(thread) &&
		 is_stuck(engine->runtime, thread, in_circle))
		see(engine, in_circle, false);
}

void deadlock_check_woken(struct engine *engine)
{
	const struct thread *thread;

	FOR_LIVE(thread, &engine->runtime->state)
	if (thread->signalled == engine->depth)
		deadlock_check(engine, thread);
}

void deadlock_end(struct engine *engine)
{
	const struct runtime *runtime = engine->runtime;
	bool in_circle[THREADS_MAX] = {false};
	const struct thread *thread;

	FOR_LIVE(thread, &runtime->state)
	if (is_stuck(runtime, thread, in_circle))
		break;
	see(engine, in_circle, true);
	engine->ended = true;
	engine->ending =
		(struct ending){.kind = END_DEADLOCK, .thread = NO_THREAD};
}
